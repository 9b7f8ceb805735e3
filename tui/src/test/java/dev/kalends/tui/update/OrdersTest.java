package dev.kalends.tui.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.DeadAnswer;
import dev.kalends.api.RunView;
import dev.kalends.tui.model.Data;
import dev.kalends.tui.model.Link;
import dev.kalends.tui.model.Manner;
import dev.kalends.tui.model.Model;
import dev.kalends.tui.model.Now;
import dev.kalends.tui.model.Order;
import dev.kalends.tui.model.Overlay;
import dev.kalends.tui.model.Place;
import dev.kalends.tui.model.Reading;
import dev.kalends.tui.model.View;
import dev.kalends.tui.testing.Samples;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Nothing is changed but what a person saw, asked for and confirmed, and nothing while the picture is old. */
final class OrdersTest {
    private static final List<Binding> CHANGES =
            KeyMap.BINDINGS.stream().filter(Binding::changes).toList();

    private static Model place(View view) {
        return view == View.JOB || view == View.RUN
                ? Samples.at(Place.of(view, "7m2r3tx01k9qf", "x"), Samples.LARGE, Samples.manner())
                : Samples.at(view, Samples.LARGE);
    }

    /** The run of the view of a run, while a worker holds it. */
    private static Model held(Model model) {
        RunView run = model.data().leases().value().getFirst();
        Data.RunDetail detail = new Data.RunDetail(run, "", false);
        return model.withData(new Reading.Run("7m2r3tx01k9qf", detail).into(model.data(), Samples.NOW.elapsedMs()));
    }

    private static Model stale(Model model) {
        return model.withLink(new Link("n1", Samples.NOW.elapsedMs() - Link.STALE_AFTER_MS, new Link.State.Up()));
    }

    private static Model lost(Model model) {
        Link.State lost = new Link.State.Lost("n1", "n2", Samples.NOW.elapsedMs() + 500, "refused");
        return model.withLink(new Link("n2", Samples.NOW.elapsedMs() - 100, lost));
    }

    private static DeadAnswer counted(long count, List<String> runs) {
        return new DeadAnswer(count, 5, 8_000, true, runs, null);
    }

    @Test
    void everyActionAsksFirstAndIsDoneOnlyThen() {
        for (Binding binding : CHANGES) {
            for (View view : binding.views()) {
                Model place = place(view);
                boolean needsLease = view == View.RUN && binding.command() == Command.RELEASE;
                Play play = new Play(needsLease ? held(place) : place);
                if (view == View.OVERVIEW || (view == View.LEASES && binding.command() != Command.STEP_DOWN)) {
                    play.keys("l");
                }
                if (binding.command() == Command.STEP_DOWN) {
                    play.keys("j");
                }
                play.keys(binding.keys().getFirst());
                assertEquals(List.of(), play.performed(), binding + " in " + view);
                if (play.model().overlay() instanceof Overlay.Counting counting) {
                    play.send(new Msg.Counted(counting.order(), counted(1, List.of("a@1"))));
                }
                Overlay.Confirm confirm =
                        assertInstanceOf(Overlay.Confirm.class, play.model().overlay(), binding + " in " + view);
                play.type(confirm.wanted());
                if (!confirm.wanted().equals("y")) {
                    play.keys("Enter");
                }
                assertEquals(List.of(new Effect.Perform(confirm.order())), play.performed());
                assertInstanceOf(Overlay.None.class, play.model().overlay());
            }
        }
    }

    @Test
    void staleOrLostEveryActionIsRefused() {
        for (Binding binding : CHANGES) {
            for (View view : binding.views()) {
                for (Model model : List.of(stale(place(view)), lost(place(view)))) {
                    Play play = new Play(model).keys(binding.keys().getFirst());
                    assertEquals(List.of(), play.effects(), binding + " in " + view);
                    assertInstanceOf(Overlay.None.class, play.model().overlay());
                    assertTrue(play.model().notice().text().contains("stale"));
                }
            }
        }
    }

    @Test
    void aQuestionClosesWhenThePictureGrowsOld() {
        Play play = new Play(place(View.JOBS)).keys("p");
        assertInstanceOf(Overlay.Confirm.class, play.model().overlay());
        long late = Link.STALE_AFTER_MS;
        play.send(new Msg.Tick(new Now(Samples.NOW.wallMs() + late, Samples.NOW.elapsedMs() + late)));
        assertInstanceOf(Overlay.None.class, play.model().overlay());
        play.keys("y");
        assertEquals(List.of(), play.performed());
    }

    @Test
    void aQuestionClosesWhenTheNodeIsLost() {
        Play play = new Play(place(View.DEAD)).keys("r");
        Order asked =
                assertInstanceOf(Overlay.Counting.class, play.model().overlay()).order();
        play.send(new Msg.LinkChanged(lost(play.model()).link()));
        play.send(new Msg.Counted(asked, counted(39, List.of("a@1"))));
        assertInstanceOf(Overlay.None.class, play.model().overlay(), "an answer that nobody waits for opens nothing");
    }

    @Test
    void readOnlyRefusesEveryAction() {
        Manner manner = new Manner(true, false, true, ZoneOffset.UTC, Optional.empty());
        for (Binding binding : CHANGES) {
            for (View view : binding.views()) {
                Place place = place(view).place();
                Play play = new Play(Samples.at(place, Samples.LARGE, manner))
                        .keys(binding.keys().getFirst());
                assertEquals(List.of(), play.effects());
                assertTrue(play.model().notice().text().contains("--read-only"));
            }
        }
    }

    @Test
    void aRedriveIsOfTheRunsThatWereCounted() {
        Play play = new Play(place(View.DEAD)).keys("r");
        Order asked =
                assertInstanceOf(Overlay.Counting.class, play.model().overlay()).order();
        assertEquals(List.of(new Effect.Count(asked)), play.effects());
        assertEquals("a1b2c3d4", ((Order.Redrive) asked).letters().fingerprint());
        play.send(new Msg.Counted(asked, counted(2, List.of("a@1", "b@2"))));
        play.type("39").keys("Enter");
        assertEquals(List.of(), play.performed(), "what the screen said before is not what is asked for");
        play.keys("Backspace", "Backspace").type("2").keys("Enter");
        Effect.Perform done = (Effect.Perform) play.performed().getFirst();
        assertEquals(
                List.of("a@1", "b@2"), ((Order.Redrive) done.order()).letters().runs());
    }

    @Test
    void cTakesACanaryAndAnotherCTakesNone() {
        Play play = new Play(place(View.DEAD)).keys("r");
        Order asked = ((Overlay.Counting) play.model().overlay()).order();
        play.send(new Msg.Counted(asked, counted(2, List.of("a@1", "b@2"))));
        play.keys("c", "c", "2", "c");
        Overlay.Confirm confirm =
                assertInstanceOf(Overlay.Confirm.class, play.model().overlay());
        assertEquals("2", confirm.typed(), "it is no part of the count");
        assertTrue(confirm.lines().stream().anyMatch(line -> line.startsWith("CANARY")));
        play.keys("Enter");
        Order.Redrive done = (Order.Redrive) ((Effect.Perform) play.performed().getFirst()).order();
        assertEquals(Order.Pace.CANARY, done.pace());
    }

    @Test
    void aGroupThatCannotBeNamedIsHeldToItsCount() {
        Play play = new Play(place(View.DEAD)).keys("r");
        Order asked = ((Overlay.Counting) play.model().overlay()).order();
        play.send(new Msg.Counted(asked, counted(5_000, List.of("a@1"))));
        play.type("5000").keys("Enter");
        Order.Letters letters =
                ((Order.Redrive) ((Effect.Perform) play.performed().getFirst()).order()).letters();
        assertEquals(List.of(), letters.runs());
        assertEquals(5_000, letters.expected());
    }

    @Test
    void whatIsNoLongerDeadIsNotAskedFor() {
        Play play = new Play(place(View.DEAD)).keys("r");
        Order asked = ((Overlay.Counting) play.model().overlay()).order();
        play.send(new Msg.Counted(asked, counted(0, List.of())));
        assertInstanceOf(Overlay.None.class, play.model().overlay());
    }

    @Test
    void markedItemsAreMeantTogetherAndCounted() {
        Play play = new Play(place(View.JOBS)).keys("Space", "Space", "C");
        Overlay.Confirm confirm =
                assertInstanceOf(Overlay.Confirm.class, play.model().overlay());
        assertEquals("2", confirm.wanted());
        play.keys("y", "Enter");
        assertEquals(List.of(), play.performed());
        play.keys("Backspace", "2", "Enter");
        assertEquals(1, play.performed().size());
        assertTrue(play.model().place().cursor().marked().isEmpty());
    }

    @Test
    void ordersNameTheGenerationAndTheTermThatWereShown() {
        Play job = new Play(place(View.JOBS)).keys("p");
        Order.PauseJobs pause = (Order.PauseJobs) ((Overlay.Confirm) job.model().overlay()).order();
        assertEquals(List.of(new Order.JobRef("7m2r3tx01k9qf", "billing/ledger-sync", 2)), pause.jobs());
        Play lease = new Play(place(View.LEASES)).keys("j", "x");
        assertEquals(
                new Order.StepDown(51, "n1", 1_151),
                ((Overlay.Confirm) lease.model().overlay()).order());
    }

    @Test
    void whatNoWorkerHoldsIsNotReleased() {
        Play play = new Play(place(View.RUN)).keys("r");
        assertInstanceOf(Overlay.None.class, play.model().overlay());
        assertTrue(play.model().notice().text().contains("nothing is chosen"));
    }

    @Test
    void aReleaseNamesTheTokenThatWasShown() {
        Play play = new Play(place(View.LEASES)).keys("l", "r");
        Order.Release release = (Order.Release) ((Overlay.Confirm) play.model().overlay()).order();
        assertEquals(List.of(new Order.LeaseRef("7m2r3tx01k9qb@20260308T135800Z", 88_190)), release.leases());
    }

    @Test
    void escLeavesItUndone() {
        Play play = new Play(place(View.NODES)).keys("d", "Esc", "y");
        assertEquals(List.of(), play.performed());
    }
}
