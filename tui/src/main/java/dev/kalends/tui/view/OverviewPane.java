package dev.kalends.tui.view;

import dev.kalends.api.ForecastView;
import dev.kalends.api.MinutesView;
import dev.kalends.api.StatsView;
import dev.kalends.tui.list.PlaceLists;
import dev.kalends.tui.model.Model;
import dev.kalends.tui.model.Pulse;
import dev.kalends.tui.text.Figures;
import dev.kalends.tui.text.Spans;
import dev.kalends.tui.text.Sparks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The first screen: what needs somebody, how late fires are, what comes next, what runs longest. */
final class OverviewPane {
    private static final int NEEDS_MAX = 5;
    private static final int SKEW_ROWS = 10;
    private static final int CHART_ROWS = 4;
    private static final int WIDE_COLUMNS = 110;
    private static final int HIGH_ROWS = 29;
    private static final int NOW_COLUMNS = 36;
    private static final int AHEAD_SECONDS = 60;
    private static final int RATE_MINUTES = 30;
    private static final String[] CLASSES = {" 30ms", "100ms", "300ms", "   1s", "   3s", "  10s", " >10s"};

    private OverviewPane() {}

    static void draw(Grid grid, Area body, Model model) {
        boolean wide = body.columns() >= WIDE_COLUMNS;
        boolean high = body.rows() >= HIGH_ROWS;
        int needRows = 2 + Math.clamp(PlaceLists.needs(model).items().size(), 1, high ? NEEDS_MAX : 3);
        Screens.list(grid, body.top(needRows), model, 0);
        hint(grid, body.top(1), model);
        Area rest = body.below(needRows);
        if (high) {
            Area skew = rest.top(SKEW_ROWS);
            skew(grid, wide ? skew.left(skew.columns() - NOW_COLUMNS) : skew, model);
            if (wide) {
                now(grid, skew.rightOf(skew.columns() - NOW_COLUMNS), model);
            }
            rest = rest.below(SKEW_ROWS);
        } else {
            line(grid, rest.top(3), model);
            rest = rest.below(3);
        }
        Area charts = rest.top(CHART_ROWS);
        int half = wide ? charts.columns() / 2 : charts.columns();
        next(grid, charts.left(half), model);
        if (wide) {
            rates(grid, charts.rightOf(half), model);
        }
        Screens.list(grid, rest.below(CHART_ROWS), model, 1);
    }

    private static void hint(Grid grid, Area line, Model model) {
        if (!PlaceLists.needs(model).items().isEmpty()) {
            grid.putRight(line.left(line.columns() - 3), " Enter opens · a acknowledges ", Style.DIM);
        }
    }

    private static Optional<StatsView> stats(Model model) {
        return model.data().stats().value();
    }

    private static void skew(Grid grid, Area area, Model model) {
        boolean heat = model.toggles().heat();
        String seen = heat ? seen(model.data().pulse()) : "";
        grid.frame(area, heat ? "FIRE SKEW  start − due, by minute" : "FIRE SKEW  by stage", seen + "m: p99/heat");
        if (heat) {
            heat(grid, area.inside(), model);
        } else {
            stages(grid, area.inside(), model);
        }
    }

    /** A row for each class of skew, a column for each minute, the present one at the right. */
    private static void heat(Grid grid, Area area, Model model) {
        Pulse pulse = model.data().pulse();
        int label = 7;
        int minutes = Math.min(Pulse.MINUTES, area.columns() - label - 1);
        int from = Pulse.MINUTES - minutes;
        for (int row = 0; row < Pulse.CLASSES; row++) {
            int band = Pulse.CLASSES - 1 - row;
            Area line = area.row(row);
            grid.put(line, CLASSES[band] + " │", Style.DIM);
            StringBuilder cells = new StringBuilder();
            for (int minute = from; minute < Pulse.MINUTES && !pulse.skew().isEmpty(); minute++) {
                int[] counts = pulse.skew().get(minute);
                cells.append(Sparks.shade(counts[band], Arrays.stream(counts).sum()));
            }
            boolean late = band
                    >= MinutesView.skewClass(
                            stats(model).map(s -> s.skew().sloMs()).orElse(1_000L) + 1);
            grid.put(line.rightOf(label), cells.toString(), late ? Style.WARN : Style.GOOD);
        }
        axis(grid, area.row(Pulse.CLASSES), model, minutes);
    }

    private static void axis(Grid grid, Area line, Model model, int minutes) {
        int label = 7;
        StringBuilder axis = new StringBuilder("      └");
        axis.append("─".repeat(minutes));
        grid.put(line, axis.toString(), Style.DIM);
        for (int ago = 15; ago < minutes; ago += 15) {
            long atMs = model.shownAt().wallMs() - ago * 60_000L;
            grid.put(
                    line.rightOf(label + minutes - ago),
                    Spans.minute(atMs, model.manner().zone()),
                    Style.DIM);
        }
        grid.put(line.rightOf(label + minutes - 3), "now", Style.DIM);
    }

    /** Nodes that have not counted for the whole hour say so: blank is not the same as quiet. */
    private static String seen(Pulse pulse) {
        long minutes = pulse.untilMinute() - pulse.sinceMinute() + 1;
        return minutes < Pulse.MINUTES && pulse.sinceMinute() > 0 ? "counted " + minutes + " min · " : "";
    }

    private static void stages(Grid grid, Area area, Model model) {
        Optional<StatsView> stats = stats(model);
        if (stats.isEmpty()) {
            return;
        }
        String titles = String.format(Locale.ROOT, " %-10s %10s %10s %10s", "STAGE", "P50", "P99", "MAX");
        grid.put(area, titles, Style.DIM);
        List<String> lines = new ArrayList<>();
        stats.get()
                .skew()
                .stages()
                .forEach((name, stage) -> lines.add(String.format(
                        Locale.ROOT,
                        " %-10s %10s %10s %10s",
                        name,
                        Spans.brief(stage.p50Ms()),
                        Spans.brief(stage.p99Ms()),
                        Spans.brief(stage.maxMs()))));
        for (int i = 0; i < lines.size(); i++) {
            grid.put(area.row(i + 1), lines.get(i), Style.PLAIN);
        }
    }

    private static void now(Grid grid, Area area, Model model) {
        Optional<StatsView> stats = stats(model);
        String window = stats.map(s -> Spans.brief(s.skew().windowMs())).orElse("");
        grid.frame(area, "NOW" + (window.isEmpty() ? "" : " (" + window + ")"), "");
        Area inside = area.inside().rightOf(1);
        if (stats.isEmpty()) {
            grid.put(inside, "reading…", Style.DIM);
            return;
        }
        StatsView.Skew skew = stats.get().skew();
        StatsView.Ledger ledger = stats.get().ledger();
        boolean late = skew.p99Ms() > skew.sloMs();
        fact(
                grid,
                inside.row(0),
                "fires",
                Figures.count(skew.count()),
                perSec(stats.get().rates().firePerSec()));
        fact(grid, inside.row(1), "p50", Spans.brief(skew.p50Ms()), "");
        fact(
                grid,
                inside.row(2),
                "p99",
                Spans.brief(skew.p99Ms()),
                (late ? "! " : "") + "target " + Spans.brief(skew.sloMs()));
        fact(grid, inside.row(3), "max", Spans.brief(skew.maxMs()), "");
        fact(grid, inside.row(4), "early", Figures.count(skew.early()), skew.early() > 0 ? "!" : "");
        fact(grid, inside.row(5), "failed", perSec(stats.get().rates().failPerSec()), "");
        long gap = ledger.expected() - ledger.accounted();
        fact(grid, inside.row(6), "unaccounted", Figures.count(gap), gap == 0 ? "" : "!");
        fact(grid, inside.row(7), "jobs ahead", Figures.count(stats.get().jobs().getOrDefault("waiting", 0L)), "");
    }

    private static String perSec(double rate) {
        return Figures.decimal(rate) + "/s";
    }

    private static void fact(Grid grid, Area line, String name, String value, String remark) {
        Style style = remark.startsWith("!") ? Style.WARN : Style.PLAIN;
        grid.put(line, name, Style.DIM);
        grid.putRight(line.left(18), value, style);
        grid.put(line.rightOf(19), remark, style);
    }

    /** The figures in one line, for small screens. */
    private static void line(Grid grid, Area area, Model model) {
        grid.frame(area, "FIRE SKEW", "");
        Optional<StatsView> stats = stats(model);
        if (stats.isEmpty()) {
            grid.put(area.inside().rightOf(1), "reading…", Style.DIM);
            return;
        }
        StatsView.Skew skew = stats.get().skew();
        boolean late = skew.p99Ms() > skew.sloMs();
        String text = "fires " + Figures.count(skew.count()) + "  "
                + perSec(stats.get().rates().firePerSec())
                + "  p50 " + Spans.brief(skew.p50Ms()) + "  p99 " + Spans.brief(skew.p99Ms()) + (late ? " !" : "")
                + " of " + Spans.brief(skew.sloMs()) + "  max " + Spans.brief(skew.maxMs());
        grid.put(area.inside().rightOf(1), text, late ? Style.WARN : Style.PLAIN);
    }

    /** A column a second, moving on as time does. */
    private static void next(Grid grid, Area area, Model model) {
        Optional<ForecastView> forecast = model.data().forecast().value();
        if (forecast.isEmpty()) {
            grid.frame(area, "NEXT 60 s", "");
            grid.put(area.inside().rightOf(1), "reading…", Style.DIM);
            return;
        }
        long[] fires = ahead(forecast.get(), model);
        long most = Arrays.stream(fires).max().orElse(0);
        int at = 0;
        while (at < fires.length && fires[at] < most) {
            at++;
        }
        long atMs = model.shownAt().wallMs() + at * 1_000L;
        String peak = most == 0
                ? "nothing comes due"
                : Figures.count(most) + " at "
                        + Spans.clock(atMs, model.manner().zone());
        grid.frame(area, "NEXT 60 s", peak);
        Area inside = area.inside().rightOf(1);
        grid.put(inside, Sparks.of(Arrays.copyOf(fires, Math.min(fires.length, inside.columns()))), Style.GOOD);
        grid.put(inside.row(1), "now            +15s           +30s           +45s", Style.DIM);
    }

    private static long[] ahead(ForecastView forecast, Model model) {
        long fromMs = Spans.ofRfc3339(forecast.from());
        long[] fires = new long[AHEAD_SECONDS];
        int passed = (int) Math.max(0, (model.shownAt().wallMs() - fromMs) / Math.max(1, forecast.stepMs()));
        for (int i = 0; i < AHEAD_SECONDS; i++) {
            int step = passed + i;
            fires[i] =
                    (step < forecast.repeating().size() ? forecast.repeating().get(step) : 0)
                            + (step < forecast.once().size() ? forecast.once().get(step) : 0);
        }
        return fires;
    }

    private static void rates(Grid grid, Area area, Model model) {
        grid.frame(area, "STARTED / FAILED per min", RATE_MINUTES + " min");
        Area inside = area.inside().rightOf(1);
        Pulse pulse = model.data().pulse();
        rate(grid, inside.row(0), "start", pulse.started());
        rate(grid, inside.row(1), "fail ", pulse.failed());
    }

    private static void rate(Grid grid, Area line, String name, int[] counts) {
        long[] last = new long[RATE_MINUTES];
        for (int i = 0; i < RATE_MINUTES; i++) {
            last[i] = counts[Pulse.MINUTES - RATE_MINUTES + i];
        }
        grid.put(line, name, Style.DIM);
        grid.put(line.rightOf(6), Sparks.of(last), name.equals("start") ? Style.GOOD : Style.WARN);
        grid.putRight(line.left(line.columns() - 1), Figures.count(last[RATE_MINUTES - 1]), Style.PLAIN);
    }
}
