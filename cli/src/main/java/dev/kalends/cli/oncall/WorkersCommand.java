package dev.kalends.cli.oncall;

import dev.kalends.api.WorkerPage;
import dev.kalends.api.WorkerView;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.Cell;
import dev.kalends.cli.output.Column;
import dev.kalends.cli.output.Listing;
import dev.kalends.cli.output.Paint;
import dev.kalends.schedule.DurationText;
import java.util.List;

/** {@code workers}: who takes work, how much of it, and when they were last heard of. */
public final class WorkersCommand implements Command {
    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("workers");
    }

    @Override
    public int run(Arguments arguments, Session session) {
        WorkerPage page = session.client().workers();
        if (page.items().isEmpty() && session.rendering().forPeople()) {
            session.tell("no worker was heard of; start one: kalends worker");
            return DONE;
        }
        listing().print(session.rendering(), page, page.items());
        return DONE;
    }

    private static Listing<WorkerView> listing() {
        return new Listing<>(
                List.of(
                        Column.text("WORKER", Column.Fit.CUT, WorkerView::id),
                        new Column<>("STATE", Column.Fit.FIXED, w -> new Cell(w.state(), paint(w)), WorkerView::state),
                        Column.text("RUNNING", Column.Fit.NUMBER, w -> Integer.toString(w.running())),
                        Column.text("SLOTS", Column.Fit.NUMBER, w -> Integer.toString(w.slots())),
                        Column.text("QUEUES", Column.Fit.CUT, w -> String.join(",", w.queues())),
                        new Column<>(
                                "SEEN AGO",
                                Column.Fit.FIXED,
                                w -> Cell.of(DurationText.words(w.seenAgoMs())),
                                w -> Long.toString(w.seenAgoMs())),
                        Column.text("ISOLATION", Column.Fit.CUT, WorkerView::isolation),
                        Column.text("VERSION", Column.Fit.WIDE, WorkerView::version)),
                WorkerView::id,
                WorkerView::id);
    }

    private static Paint paint(WorkerView worker) {
        return switch (worker.state()) {
            case "live" -> Paint.GOOD;
            case "silent" -> Paint.BAD;
            default -> Paint.CAUTION;
        };
    }
}
