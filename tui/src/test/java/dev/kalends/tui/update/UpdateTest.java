package dev.kalends.tui.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.tui.list.Listings;
import dev.kalends.tui.model.Data;
import dev.kalends.tui.model.Interest;
import dev.kalends.tui.model.Model;
import dev.kalends.tui.model.Now;
import dev.kalends.tui.model.Overlay;
import dev.kalends.tui.model.Reading;
import dev.kalends.tui.model.Size;
import dev.kalends.tui.model.View;
import dev.kalends.tui.testing.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What keys, readings and time make of the model. */
final class UpdateTest {
    private static Play play(View view) {
        return new Play(Samples.at(view, Samples.LARGE));
    }

    @Test
    void digitsGoToViewsAndSayWhatToRead() {
        for (int digit = 1; digit <= View.DIGITS; digit++) {
            Play play = play(View.OVERVIEW).keys(Integer.toString(digit));
            View view = View.ofDigit(digit).orElseThrow();
            assertEquals(view, play.model().place().view());
            assertEquals(List.of(new Effect.Watch(new Interest(view, "", "", 500))), play.effects());
        }
    }

    @Test
    void enterOpensAndEscComesBackToTheSameItem() {
        Play play = play(View.JOBS).keys("j", "Enter");
        assertEquals(View.JOB, play.model().place().view());
        assertEquals("etl/ingest-47", play.model().place().label());
        play.keys("Esc");
        assertEquals(View.JOBS, play.model().place().view());
        assertEquals("7m2r3tx01k9qb", play.model().place().cursor().key());
        play.keys("Esc");
        assertEquals(View.OVERVIEW, play.model().place().view());
    }

    @Test
    void whatIsOpenedIsNeverTheOneBefore() {
        Play play = play(View.RUNS).keys("Enter");
        assertTrue(play.model().data().run().value().isEmpty(), "nothing of another run is left");
        Data.RunDetail detail =
                Samples.at(View.RUNS, Samples.LARGE).data().run().value().orElseThrow();
        play.send(new Msg.Got(new Reading.Run("another@1", detail), Samples.NOW.elapsedMs()));
        assertTrue(play.model().data().run().value().isEmpty(), "a late answer for another run");
        play.send(new Msg.Got(new Reading.Run(play.model().place().subject(), detail), Samples.NOW.elapsedMs()));
        assertTrue(play.model().data().run().value().isPresent());
        play.keys("Esc");
        assertTrue(play.model().data().run().value().isEmpty());
    }

    @Test
    void aReadThatFailsIsToldAndNotRepeatedAtOnce() {
        Play play = play(View.JOBS).send(new Msg.Unread("no such job"));
        assertEquals(List.of(), play.effects(), "it would fail again, as fast as the node can say so");
    }

    @Test
    void aNeedOpensWhereItIsMended() {
        Play play = play(View.OVERVIEW).keys("j", "j", "Enter");
        assertEquals(View.DEAD, play.model().place().view());
    }

    @Test
    void theCursorStaysOnTheItem() {
        Play play = play(View.RUNS).keys("j", "j");
        String chosen = play.model().place().cursor().key();
        List<dev.kalends.api.RunView> fewer =
                new ArrayList<>(play.model().data().runs().value());
        fewer.removeFirst();
        play.send(new Msg.Got(new Reading.Runs(fewer), Samples.NOW.elapsedMs()));
        Model model = play.model();
        int at = Listings.of(model).indexOf(model.place().cursor());
        assertEquals(chosen, Listings.of(model).keyAt(at));
        assertEquals(1, at, "its row is another one now");
    }

    @Test
    void aFilterNarrowsWhileItIsTypedAndEscLeavesIt() {
        Play play = play(View.JOBS).keys("/").type("ledg");
        assertEquals(1, Listings.of(play.model()).items().size());
        assertEquals(
                new Effect.Watch(new Interest(View.JOBS, "", "ledg", 500)),
                play.effects().getLast());
        play.keys("Backspace", "Enter");
        assertEquals("led", play.model().place().filter());
        assertInstanceOf(Overlay.None.class, play.model().overlay());
        play.keys("/").type("x").keys("Esc");
        assertEquals("led", play.model().place().filter());
        play.keys("Esc");
        assertEquals("", play.model().place().filter());
    }

    @Test
    void keysAreTextWhileSomethingIsTyped() {
        Play play = play(View.JOBS).keys("/").type("q: z");
        assertEquals("q: z", play.model().place().filter());
        assertFalse(play.effects().contains(new Effect.Quit()));
        assertTrue(play.model().frozen().isEmpty());
    }

    @Test
    void theCommandLineKnowsViewsJobsAndRuns() {
        assertEquals(
                View.DEAD,
                play(View.JOBS)
                        .keys(":")
                        .type("dead")
                        .keys("Enter")
                        .model()
                        .place()
                        .view());
        Play job = play(View.JOBS).keys(":").type("job a/b").keys("Enter");
        assertEquals("a/b", job.model().place().subject());
        assertEquals(View.JOB, job.model().place().view());
        assertTrue(play(View.JOBS).keys(":").type("q").keys("Enter").effects().contains(new Effect.Quit()));
        assertTrue(play(View.JOBS)
                .keys(":")
                .type("rm -rf")
                .keys("Enter")
                .model()
                .notice()
                .text()
                .contains("takes"));
    }

    @Test
    void frozenNothingMoves() {
        Play play = play(View.OVERVIEW).keys("z");
        Data before = play.model().data();
        play.send(new Msg.Tick(new Now(Samples.NOW.wallMs() + 2_000, Samples.NOW.elapsedMs() + 2_000)));
        play.send(new Msg.Got(new Reading.Runs(List.of()), Samples.NOW.elapsedMs() + 2_000));
        assertEquals(before, play.model().data());
        assertEquals(Samples.NOW, play.model().shownAt());
        play.keys("z");
        assertTrue(play.model().frozen().isEmpty());
        assertTrue(play.effects().contains(new Effect.Refresh()));
    }

    @Test
    void spaceMarksAndGoesOn() {
        Play play = play(View.JOBS).keys("Space", "Space");
        assertEquals(
                Set.of("7m2r3tx01k9qf", "7m2r3tx01k9qb"),
                play.model().place().cursor().marked());
        play.keys("Esc");
        assertTrue(play.model().place().cursor().marked().isEmpty());
        assertEquals(View.JOBS, play.model().place().view());
    }

    @Test
    void anAcknowledgedNeedComesBackWhenItWentAway() {
        Play play = play(View.OVERVIEW).keys("a");
        assertEquals(Set.of("no_leader"), play.model().toggles().acknowledged());
        assertEquals(3, Listings.of(play.model(), 0).items().size());
        play.send(new Msg.Got(new Reading.Partitions(List.of()), Samples.NOW.elapsedMs()));
        assertTrue(play.model().toggles().acknowledged().isEmpty());
    }

    @Test
    void longListsAskForMoreNearTheirEnd() {
        Model model = Samples.at(View.JOBS, Samples.LARGE);
        Play play = new Play(model.withToggles(model.toggles().withLimit(3))).keys("End");
        Effect.Watch watch = assertInstanceOf(Effect.Watch.class, play.effects().getLast());
        assertEquals(503, watch.interest().limit());
    }

    @Test
    void copiesTheIdUnderTheCursor() {
        assertTrue(play(View.JOBS).keys("y").effects().contains(new Effect.Copy("7m2r3tx01k9qf")));
    }

    @Test
    void quitsByEitherKeyWhateverLiesAbove() {
        assertEquals(List.of(new Effect.Quit()), play(View.JOBS).keys("q").effects());
        assertTrue(play(View.JOBS).keys("/", "Ctrl-C").effects().contains(new Effect.Quit()));
        assertTrue(play(View.JOBS).keys("?", "Ctrl-Z").effects().contains(new Effect.Suspend()));
    }

    @Test
    void anotherSizeIsDrawnWhole() {
        Play play = play(View.JOBS).send(new Msg.Resized(new Size(80, 24)));
        assertEquals(new Size(80, 24), play.model().size());
        assertEquals(List.of(new Effect.Redraw()), play.effects());
    }

    @Test
    void noticesGoAway() {
        Play play = play(View.JOBS).send(new Msg.Done("paused a"));
        assertEquals("paused a", play.model().notice().text());
        play.send(new Msg.Tick(new Now(Samples.NOW.wallMs() + 9_000, Samples.NOW.elapsedMs() + 9_000)));
        assertEquals("", play.model().notice().text());
    }

    @Test
    void anyKeyAnywhereIsBorne() {
        List<String> keys = new ArrayList<>(List.of("x", "é", "Esc", "Enter", "Space", "\u0007", "日"));
        KeyMap.BINDINGS.forEach(binding -> keys.addAll(binding.keys()));
        for (View view : View.values()) {
            for (Model model : List.of(
                    Samples.at(view, Samples.SMALL),
                    Samples.at(view, Samples.SMALL).withData(Data.NONE))) {
                for (String key : keys) {
                    new Play(model).keys(key, key, "Enter", key);
                }
            }
        }
    }
}
