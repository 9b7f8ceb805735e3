package dev.kalends.tui.view;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.tui.model.Manner;
import dev.kalends.tui.model.Model;
import dev.kalends.tui.model.Overlay;
import dev.kalends.tui.model.Place;
import dev.kalends.tui.model.View;
import dev.kalends.tui.testing.Samples;
import dev.kalends.tui.update.Binding;
import dev.kalends.tui.update.KeyMap;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The help has every key of the map, from every view, on pages that can be reached. */
final class HelpTest {
    private static String pages(Model model) {
        StringBuilder all = new StringBuilder();
        for (int page = 0; page < 4; page++) {
            all.append(String.join(
                    "\n",
                    Screens.draw(model.withOverlay(new Overlay.Help(page))).lines()));
        }
        return all.toString();
    }

    @Test
    void everyKeyIsInTheHelp() {
        for (View view : View.values()) {
            String pages = pages(Samples.at(view, Samples.SMALL));
            for (Binding binding : KeyMap.BINDINGS) {
                assertTrue(pages.contains(" " + binding.shown() + " "), binding.shown() + " in " + view);
                assertTrue(pages.contains(binding.words()), binding.words() + " in " + view);
            }
        }
    }

    @Test
    void readOnlyHidesWhatChanges() {
        Manner manner = new Manner(true, false, true, ZoneOffset.UTC, Optional.empty());
        Model model = Samples.at(Place.of(View.DEAD), Samples.LARGE, manner);
        String all = pages(model) + String.join("\n", Screens.draw(model).lines());
        KeyMap.BINDINGS.stream()
                .filter(Binding::changes)
                .forEach(binding -> assertFalse(all.contains(binding.words()), binding.words()));
        assertFalse(all.contains("redrive"), all);
        assertTrue(all.contains("READ-ONLY"));
    }
}
