package dev.kalends.cli.oncall;

import dev.kalends.api.StatsView;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.look.Watch;
import dev.kalends.cli.output.Card;
import dev.kalends.cli.output.Cell;
import dev.kalends.cli.output.Column;
import dev.kalends.cli.output.Listing;
import dev.kalends.cli.output.Paint;
import dev.kalends.cli.output.Rendering;
import dev.kalends.client.NodeClient;
import dev.kalends.schedule.DurationText;
import dev.kalends.tui.text.Figures;
import dev.kalends.tui.text.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code stats}: the node's figures. A pipe gets {@code name<TAB>value} lines, named as in the JSON. */
public final class StatsCommand implements Command {
    private record StageLine(String name, StatsView.Stage stage) {}

    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("stats [--watch]")
                .toggle("--watch", "look again every 2 s")
                .examples("kalends stats", "kalends stats --watch -o ndjson");
    }

    @Override
    public int run(Arguments arguments, Session session) throws InterruptedException {
        NodeClient client = session.client();
        if (arguments.has("--watch")) {
            new Watch().run(session, to -> {
                if (to.forPeople()) {
                    to.out().line(to.paint(Paint.DIM, Watch.heading(session))).line();
                }
                print(to, client.stats());
            });
        } else {
            print(session.rendering(), client.stats());
        }
        return DONE;
    }

    private static void print(Rendering to, StatsView stats) {
        if (to.format().isJson()) {
            to.json(stats);
        } else if (to.forPeople()) {
            forPeople(to, stats);
        } else {
            fields(stats).print(to);
        }
    }

    private static void forPeople(Rendering to, StatsView stats) {
        StatsView.Skew skew = stats.skew();
        StatsView.Rates rates = stats.rates();
        StatsView.Ledger ledger = stats.ledger();
        boolean balanced = ledger.expected() == ledger.accounted();
        to.out()
                .line(to.paint(Paint.STRONG, SafeText.line(stats.node())) + "  " + SafeText.line(stats.mode()) + ", up "
                        + DurationText.words(stats.uptimeMs()) + ", version " + SafeText.line(stats.version()));
        new Card()
                .remark("jobs", Cell.of(Figures.counts(stats.jobs())))
                .remark("runs", Cell.of(Figures.counts(stats.runs())))
                .remark("queues", Cell.of(Figures.counts(stats.queueDepth())))
                .remark("dead", new Cell(Figures.count(stats.dead()), stats.dead() == 0 ? Paint.PLAIN : Paint.BAD))
                .remark(
                        "per second",
                        Cell.of("submit " + Figures.decimal(rates.submitPerSec()) + ", fire "
                                + Figures.decimal(rates.firePerSec()) + ", succeed "
                                + Figures.decimal(rates.succeedPerSec()) + ", fail "
                                + Figures.decimal(rates.failPerSec()) + ", retry "
                                + Figures.decimal(rates.retryPerSec())))
                .remark(
                        "ledger",
                        new Cell(
                                Figures.count(ledger.accounted()) + " accounted of "
                                        + Figures.count(ledger.expected()) + " expected"
                                        + (balanced ? "" : ": a gap"),
                                balanced ? Paint.PLAIN : Paint.BAD))
                .remark("leaders", Cell.of("changed " + Figures.count(stats.leaderChanges()) + " times"))
                .remark(
                        "precision",
                        Cell.of("tick " + DurationText.words(stats.precision().tickMs()) + ", loads every "
                                + DurationText.words(stats.precision().loadEveryMs())))
                .remark("skew", skew(skew))
                .print(to);
        if (!skew.stages().isEmpty()) {
            to.out().line();
            List<StageLine> lines = new ArrayList<>();
            lines.add(new StageLine("all", new StatsView.Stage(skew.p50Ms(), skew.p99Ms(), skew.maxMs())));
            skew.stages().forEach((name, stage) -> lines.add(new StageLine(name, stage)));
            stages().print(to, stats, lines);
        }
    }

    private static Cell skew(StatsView.Skew skew) {
        String text = Figures.count(skew.count()) + " fires in the last " + DurationText.words(skew.windowMs()) + ", "
                + Figures.count(skew.breaches()) + " later than " + DurationText.words(skew.sloMs()) + ", "
                + Figures.count(skew.early()) + " early";
        return new Cell(text, skew.early() > 0 ? Paint.BAD : skew.breaches() > 0 ? Paint.CAUTION : Paint.PLAIN);
    }

    private static Listing<StageLine> stages() {
        return new Listing<>(
                List.of(
                        Column.text("SKEW STAGE", Column.Fit.FIXED, StageLine::name),
                        Column.text(
                                "P50",
                                Column.Fit.NUMBER,
                                line -> Figures.ms(line.stage().p50Ms())),
                        Column.text(
                                "P99",
                                Column.Fit.NUMBER,
                                line -> Figures.ms(line.stage().p99Ms())),
                        Column.text(
                                "MAX",
                                Column.Fit.NUMBER,
                                line -> Figures.ms(line.stage().maxMs()))),
                StageLine::name,
                StageLine::name);
    }

    private static Card fields(StatsView stats) {
        Card card = new Card()
                .field("asOf", stats.asOf())
                .field("node", stats.node())
                .field("version", stats.version())
                .field("mode", stats.mode())
                .field("uptimeMs", Long.toString(stats.uptimeMs()))
                .field("precision.tickMs", Long.toString(stats.precision().tickMs()))
                .field("precision.loadEveryMs", Long.toString(stats.precision().loadEveryMs()));
        counts(card, "jobs.", stats.jobs());
        counts(card, "runs.", stats.runs());
        skewFields(card, stats.skew());
        StatsView.Rates rates = stats.rates();
        card.field("rates.submitPerSec", Double.toString(rates.submitPerSec()))
                .field("rates.firePerSec", Double.toString(rates.firePerSec()))
                .field("rates.succeedPerSec", Double.toString(rates.succeedPerSec()))
                .field("rates.failPerSec", Double.toString(rates.failPerSec()))
                .field("rates.retryPerSec", Double.toString(rates.retryPerSec()));
        counts(card, "queueDepth.", stats.queueDepth());
        return card.field("dead", Long.toString(stats.dead()))
                .field("leaderChanges", Long.toString(stats.leaderChanges()))
                .field("ledger.expected", Long.toString(stats.ledger().expected()))
                .field("ledger.accounted", Long.toString(stats.ledger().accounted()));
    }

    private static void skewFields(Card card, StatsView.Skew skew) {
        card.field("skew.windowMs", Long.toString(skew.windowMs()))
                .field("skew.count", Long.toString(skew.count()))
                .field("skew.sloMs", Long.toString(skew.sloMs()))
                .field("skew.breaches", Long.toString(skew.breaches()))
                .field("skew.p50Ms", Double.toString(skew.p50Ms()))
                .field("skew.p99Ms", Double.toString(skew.p99Ms()))
                .field("skew.p999Ms", Double.toString(skew.p999Ms()))
                .field("skew.maxMs", Double.toString(skew.maxMs()))
                .field("skew.early", Long.toString(skew.early()));
        skew.stages()
                .forEach((name, stage) -> card.field("skew.stages." + name + ".p50Ms", Double.toString(stage.p50Ms()))
                        .field("skew.stages." + name + ".p99Ms", Double.toString(stage.p99Ms()))
                        .field("skew.stages." + name + ".maxMs", Double.toString(stage.maxMs())));
    }

    private static void counts(Card card, String prefix, Map<String, Long> countByWord) {
        countByWord.forEach((word, count) -> card.field(prefix + word, Long.toString(count)));
    }
}
