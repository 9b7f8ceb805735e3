package dev.kalends.tui.update;

import dev.kalends.need.Need;
import dev.kalends.tui.list.PlaceLists;
import dev.kalends.tui.model.Link;
import dev.kalends.tui.model.Model;
import dev.kalends.tui.model.Notice;
import dev.kalends.tui.model.Order;
import dev.kalends.tui.model.Overlay;
import dev.kalends.tui.model.Reading;
import java.util.stream.Collectors;

/** What a message makes of the model. A pure function: the same of the same. */
public final class Update {
    private Update() {}

    /** The model after a message, and what is to be done. */
    public static Step step(Model model, Msg msg) {
        return switch (msg) {
            case Msg.Tick tick -> Step.of(ticked(model, tick));
            case Msg.Resized resized -> Step.of(model.withSize(resized.size()), new Effect.Redraw());
            case Msg.Got got -> Step.of(received(model, got.reading(), got.atMs()));
            case Msg.LinkChanged changed -> Step.of(relinked(model, changed.link()));
            case Msg.Counted counted -> counted(model, counted);
            case Msg.Done done -> Step.of(model.saying(done.what(), Notice.Kind.DONE), new Effect.Refresh());
            case Msg.Unread unread -> Step.of(model.saying(unread.why(), Notice.Kind.FAILED));
            case Msg.Refused refused -> refused(model, refused.why());
            case Msg.Key key -> key(model, key.name());
        };
    }

    private static Model ticked(Model model, Msg.Tick tick) {
        Model later = model.withNow(tick.now());
        boolean over = !later.notice().text().isEmpty()
                && later.notice().untilMs() <= tick.now().elapsedMs();
        return closedWhenStale(over ? later.withNotice(Notice.NONE) : later);
    }

    private static Model received(Model model, Reading reading, long atMs) {
        if (model.frozen().isPresent() || isOfAnotherPlace(model, reading)) {
            return model;
        }
        Model read = model.withData(reading.into(model.data(), atMs));
        return switch (reading) {
            case Reading.Stats _, Reading.Partitions _, Reading.Workers _ ->
                read.withToggles(read.toggles()
                        .keeping(PlaceLists.allNeeds(read).stream()
                                .map(Need::code)
                                .collect(Collectors.toSet())));
            case Reading.Nodes _, Reading.Leases _, Reading.Forecast _, Reading.Jobs _, Reading.Runs _ -> read;
            case Reading.Dead _, Reading.Tenants _, Reading.Job _, Reading.Run _, Reading.Beat _ -> read;
        };
    }

    /** An answer that comes after the person went on: what would be shown, and acted on, is not what was opened. */
    private static boolean isOfAnotherPlace(Model model, Reading reading) {
        String subject = model.place().subject();
        return (reading instanceof Reading.Run run && !run.subject().equals(subject))
                || (reading instanceof Reading.Job job && !job.subject().equals(subject));
    }

    private static Model relinked(Model model, Link link) {
        return closedWhenStale(model.withLink(link));
    }

    /** A question that was asked while the picture was true must not be answered when it no longer is. */
    private static Model closedWhenStale(Model model) {
        boolean asks = model.overlay() instanceof Overlay.Confirm || model.overlay() instanceof Overlay.Counting;
        return asks && !model.link().isLive(model.now())
                ? model.withOverlay(new Overlay.None())
                        .saying("what is shown is stale: nothing was done", Notice.Kind.FAILED)
                : model;
    }

    private static Step counted(Model model, Msg.Counted counted) {
        boolean waited = model.overlay() instanceof Overlay.Counting counting
                && counting.order().equals(counted.order());
        if (!waited) {
            return Step.of(model);
        }
        if (counted.answer().count() == 0) {
            return Step.of(model.withOverlay(new Overlay.None())
                    .saying("nothing to do: they are no longer dead", Notice.Kind.DONE));
        }
        Overlay confirm = Questions.ofLetters(counted.order(), counted.answer());
        return Step.of(model.withOverlay(confirm));
    }

    private static Step refused(Model model, String why) {
        Model told = model.saying(why, Notice.Kind.FAILED);
        return Step.of(
                told.overlay() instanceof Overlay.Counting ? told.withOverlay(new Overlay.None()) : told,
                new Effect.Refresh());
    }

    private static Step key(Model model, String key) {
        if (key.equals("Ctrl-C")) {
            return Step.of(model, new Effect.Quit());
        }
        if (key.equals("Ctrl-Z")) {
            return Step.of(model, new Effect.Suspend());
        }
        return switch (model.overlay()) {
            case Overlay.None _ -> Keys.press(model, key);
            case Overlay.Help help -> Typing.help(model, help, key);
            case Overlay.Filter filter -> Typing.filter(model, filter, key);
            case Overlay.CommandLine line -> Typing.commandLine(model, line, key);
            case Overlay.Counting _ ->
                key.equals("Esc") ? Step.of(model.withOverlay(new Overlay.None())) : Step.of(model);
            case Overlay.Confirm confirm -> Typing.confirm(model, confirm, key);
        };
    }

    /** Starts an order: asks, or counts first. */
    static Step begin(Model model, Order order) {
        return switch (order) {
            case Order.Redrive _, Order.Discard _ ->
                Step.of(model.withOverlay(new Overlay.Counting(order)), new Effect.Count(order));
            case Order.CancelJobs _, Order.PauseJobs _, Order.ResumeJobs _, Order.Trigger _, Order.CancelRuns _ ->
                Step.of(model.withOverlay(Questions.of(order)));
            case Order.Rerun _, Order.Release _, Order.Drain _, Order.Undrain _, Order.StepDown _ ->
                Step.of(model.withOverlay(Questions.of(order)));
        };
    }
}
