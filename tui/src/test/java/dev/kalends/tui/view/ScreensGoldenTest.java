package dev.kalends.tui.view;

import dev.kalends.tui.model.Link;
import dev.kalends.tui.model.Manner;
import dev.kalends.tui.model.Model;
import dev.kalends.tui.model.Overlay;
import dev.kalends.tui.model.Place;
import dev.kalends.tui.model.Size;
import dev.kalends.tui.model.View;
import dev.kalends.tui.testing.GoldenScreen;
import dev.kalends.tui.testing.Samples;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every view as it looks at the usual and at the smallest size. */
final class ScreensGoldenTest {
    private static Model view(View view, Size size) {
        return switch (view) {
            case JOB -> at(Place.of(view, "7m2r3tx01k9qf", "billing/ledger-sync"), size);
            case RUN -> at(Place.of(view, "7m2r3tx01k9qf@20260308T131500Z", "7m2r3tx…@13:15:00"), size);
            case OVERVIEW, JOBS, RUNS, LEASES, DEAD, NODES, TENANTS -> Samples.at(view, size);
        };
    }

    private static Model at(Place place, Size size) {
        return Samples.at(place, size, Samples.manner());
    }

    private static void check(String name, Model model) throws IOException {
        GoldenScreen.check(name, Screens.draw(model).lines());
    }

    @ParameterizedTest
    @EnumSource(View.class)
    void looksSo(View view) throws IOException {
        check(view.title().toLowerCase(java.util.Locale.ROOT) + "-120x36", view(view, Samples.LARGE));
        check(view.title().toLowerCase(java.util.Locale.ROOT) + "-80x24", view(view, Samples.SMALL));
    }

    @Test
    void startsBeforeAnythingWasAsked() throws IOException {
        check("connecting-80x24", Model.start(Samples.NOW, Samples.SMALL, Samples.manner(), "127.0.0.1"));
    }

    @Test
    void saysThatItIsStale() throws IOException {
        Link silent = new Link("n1", Samples.NOW.elapsedMs() - 7_000, new Link.State.Up());
        check("stale-80x24", Samples.at(View.OVERVIEW, Samples.SMALL).withLink(silent));
    }

    @Test
    void saysWhomItLost() throws IOException {
        Link.State lost = new Link.State.Lost("n2", "n3", Samples.NOW.elapsedMs() + 1_800, "refused");
        Link link = new Link("n3", Samples.NOW.elapsedMs() - 900, lost);
        check("lost-120x36", Samples.at(View.RUNS, Samples.LARGE).withLink(link));
    }

    @Test
    void saysThatItIsFrozen() throws IOException {
        check("frozen-80x24", Samples.at(View.JOBS, Samples.SMALL).withFrozen(Optional.of(Samples.NOW)));
    }

    @Test
    void showsTheKeys() throws IOException {
        check("help-120x36", Samples.at(View.DEAD, Samples.LARGE).withOverlay(new Overlay.Help(0)));
        check("help-80x24", Samples.at(View.DEAD, Samples.SMALL).withOverlay(new Overlay.Help(1)));
    }

    @Test
    void showsPercentiles() throws IOException {
        Model model = Samples.at(View.OVERVIEW, Samples.LARGE);
        check("stages-120x36", model.withToggles(model.toggles().heatSwitched()));
    }

    @Test
    void drawsInAsciiAlone() throws IOException {
        Manner ascii = new Manner(true, true, false, ZoneOffset.UTC, Optional.of("acme"));
        check("ascii-80x24", Samples.at(Place.of(View.OVERVIEW), Samples.SMALL, ascii));
    }

    @Test
    void needsItsRoom() throws IOException {
        check("small-79x24", Samples.at(View.OVERVIEW, new Size(79, 24)));
    }
}
