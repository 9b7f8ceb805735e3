package dev.kalends.cli.oncall;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.PartitionView;
import dev.kalends.api.StatsView;
import dev.kalends.api.WorkerView;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.Card;
import dev.kalends.cli.output.Cell;
import dev.kalends.cli.output.Column;
import dev.kalends.cli.output.JsonObject;
import dev.kalends.cli.output.Listing;
import dev.kalends.cli.output.Paint;
import dev.kalends.cli.output.Rendering;
import dev.kalends.client.NodeClient;
import dev.kalends.need.Need;
import dev.kalends.schedule.DurationText;
import dev.kalends.tui.text.Figures;
import dev.kalends.tui.text.SafeText;
import java.util.List;
import java.util.function.Supplier;

/** {@code status}: whether anything needs a person; status 0 if not, 1 if so. A pipe gets the needs alone. */
public final class StatusCommand implements Command {
    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("status").examples("kalends status || kalends status -o json");
    }

    @Override
    public int run(Arguments arguments, Session session) {
        NodeClient client = session.client();
        StatsView stats = client.stats();
        List<PartitionView> partitions = allowed(() -> client.partitionLeases().items());
        List<WorkerView> workers = allowed(() -> client.workers().items());
        List<Need> needs = Need.of(stats, partitions, workers);
        Rendering to = session.rendering();
        if (to.forPeople()) {
            forPeople(to, stats, needs);
        } else if (to.format().isJson() && !to.quiet()) {
            to.json(json(stats, needs));
        } else {
            listing().print(to, needs, needs);
        }
        return needs.isEmpty() ? DONE : ErrorCode.FAILED.exitCode();
    }

    /** A tenant's token may not see everything; what it sees still counts. */
    private static <T> List<T> allowed(Supplier<List<T>> read) {
        try {
            return read.get();
        } catch (ApiException e) {
            if (e.code() == ErrorCode.FORBIDDEN) {
                return List.of();
            }
            throw e;
        }
    }

    private static void forPeople(Rendering to, StatsView stats, List<Need> needs) {
        to.out()
                .line(to.paint(Paint.STRONG, SafeText.line(stats.node())) + "  " + SafeText.line(stats.mode()) + ", up "
                        + DurationText.words(stats.uptimeMs()) + ", version " + SafeText.line(stats.version()));
        StatsView.Skew skew = stats.skew();
        String late = skew.count() == 0
                ? "no fire in the last " + DurationText.words(skew.windowMs())
                : "p99 " + Figures.ms(skew.p99Ms()) + " of " + DurationText.words(skew.sloMs()) + " allowed, "
                        + Figures.count(skew.count()) + " fires in the last " + DurationText.words(skew.windowMs());
        new Card()
                .remark("jobs", Cell.of(Figures.counts(stats.jobs())))
                .remark("runs", Cell.of(Figures.counts(stats.runs())))
                .remark("skew", Cell.of(late))
                .print(to);
        if (needs.isEmpty()) {
            to.out().line(to.paint(Paint.GOOD, "nothing needs you"));
            return;
        }
        to.out().line();
        listing().print(to, needs, needs);
    }

    private static Listing<Need> listing() {
        return new Listing<>(
                List.of(
                        new Column<>(
                                "NEEDS YOU",
                                Column.Fit.FIXED,
                                need -> new Cell(need.code().replace('_', ' '), Paint.BAD),
                                Need::code),
                        Column.text("WHAT", Column.Fit.CUT, Need::what),
                        Column.text("NEXT", Column.Fit.FIXED, Need::todo)),
                Need::code,
                Need::code);
    }

    private static JsonObject json(StatsView stats, List<Need> needs) {
        return new JsonObject()
                .text("asOf", stats.asOf())
                .text("node", stats.node())
                .text("status", needs.isEmpty() ? "fine" : "needs_you")
                .array(
                        "needs",
                        needs.stream()
                                .map(need -> new JsonObject()
                                        .text("code", need.code())
                                        .text("message", need.what())
                                        .text("hint", need.todo()))
                                .toList());
    }
}
