package dev.kalends.tui.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.tui.model.View;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The key map is whole and says no key twice. */
final class KeyMapTest {
    @Test
    void noKeyMeansTwoThingsInOneView() {
        for (View view : View.values()) {
            Set<String> keys = new HashSet<>();
            for (Binding binding : KeyMap.BINDINGS) {
                if (binding.views().contains(view)) {
                    binding.keys().forEach(key -> assertTrue(keys.add(key), key + " in " + view));
                }
            }
        }
    }

    @Test
    void everyCommandHasAKeyAndWords() {
        Set<Command> bound = EnumSet.noneOf(Command.class);
        for (Binding binding : KeyMap.BINDINGS) {
            bound.add(binding.command());
            assertFalse(binding.words().isEmpty());
            binding.keys().stream()
                    .filter(key -> key.length() > 1 || !Character.isDigit(key.charAt(0)))
                    .filter(key -> !key.equals("Backspace"))
                    .forEach(key -> assertTrue(binding.shown().contains(key), key + " is shown as " + binding.shown()));
        }
        assertEquals(EnumSet.allOf(Command.class), bound);
    }
}
