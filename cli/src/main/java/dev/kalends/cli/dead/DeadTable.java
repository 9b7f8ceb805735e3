package dev.kalends.cli.dead;

import dev.kalends.api.DeadGroup;
import dev.kalends.api.DeadView;
import dev.kalends.api.RunView;
import dev.kalends.cli.output.Cell;
import dev.kalends.cli.output.Column;
import dev.kalends.cli.output.Listing;
import java.util.List;

/** How dead letters and their groups look. */
final class DeadTable {
    private DeadTable() {}

    static Listing<DeadView> letters(long nowMs) {
        return new Listing<>(
                List.of(
                        new Column<>(
                                "RUN",
                                Column.Fit.CUT,
                                letter -> Cell.of(display(letter.run())),
                                letter -> letter.run().id()),
                        Column.instant("DIED", nowMs, DeadView::diedAt),
                        Column.text(
                                "TRIES",
                                Column.Fit.NUMBER,
                                letter -> Integer.toString(letter.run().attempt())),
                        Column.text("FINGERPRINT", Column.Fit.FIXED, DeadView::fingerprint),
                        Column.text("ERROR", Column.Fit.CUT, DeadView::error),
                        Column.text(
                                "JOB", Column.Fit.WIDE, letter -> letter.run().jobName()),
                        Column.text(
                                "TENANT",
                                Column.Fit.WIDE,
                                letter -> letter.run().tenant()),
                        Column.text(
                                "WORKER",
                                Column.Fit.WIDE,
                                letter -> letter.run().worker())),
                letter -> letter.run().id(),
                letter -> display(letter.run()));
    }

    static Listing<DeadGroup> groups(long nowMs) {
        return new Listing<>(
                List.of(
                        Column.text("COUNT", Column.Fit.NUMBER, group -> Long.toString(group.count())),
                        Column.text("FINGERPRINT", Column.Fit.FIXED, DeadGroup::fingerprint),
                        Column.instant("FIRST", nowMs, DeadGroup::firstAt),
                        Column.instant("LAST", nowMs, DeadGroup::lastAt),
                        Column.text("JOBS", Column.Fit.CUT, group -> String.join(", ", group.jobs())),
                        Column.text("ERROR", Column.Fit.CUT, DeadGroup::error)),
                DeadGroup::fingerprint,
                group -> null);
    }

    /** {@code NAME@INSTANT}, which every command understands; the id for a job without a name. */
    private static String display(RunView run) {
        int at = run.id().indexOf('@');
        return run.jobName() == null || at < 0
                ? run.id()
                : run.jobName() + run.id().substring(at);
    }
}
