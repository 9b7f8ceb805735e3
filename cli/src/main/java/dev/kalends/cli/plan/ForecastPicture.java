package dev.kalends.cli.plan;

import dev.kalends.api.ForecastView;
import dev.kalends.api.ScheduleView;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.io.Printer;
import dev.kalends.cli.output.Paint;
import dev.kalends.cli.output.Rendering;
import dev.kalends.cli.output.Times;
import dev.kalends.schedule.DurationText;
import dev.kalends.schedule.InstantText;
import dev.kalends.tui.text.Figures;
import dev.kalends.tui.text.SafeText;
import dev.kalends.tui.text.TextWidth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A forecast as people see it: the curve, what it adds up to, and each wall with who makes it and what would help. */
final class ForecastPicture {
    private static final int NUMBER_WIDTH = 9;
    private static final int SCHEDULE_MAX = 60;

    private final Session session;
    private final Rendering to;
    private final Printer out;
    private final ForecastView view;
    private final ForecastChart chart;

    ForecastPicture(Session session, ForecastView view, boolean ascii) {
        this.session = session;
        this.to = session.rendering();
        this.out = to.out();
        this.view = view;
        List<Long> fires = new ArrayList<>();
        for (int i = 0; i < view.repeating().size(); i++) {
            fires.add(view.repeating().get(i) + view.once().get(i));
        }
        ForecastChart.Time time = new ForecastChart.Time(Times.ofRfc3339(view.from()), view.stepMs(), session.zone());
        this.chart = new ForecastChart(fires, time, ascii ? ForecastChart.Marks.ASCII : ForecastChart.Marks.BLOCKS);
    }

    void print() {
        out.line(to.paint(Paint.STRONG, "fires " + perStep()) + ", " + at(view.from()) + " to " + at(view.until()));
        ForecastView.Peak peak = view.peak();
        if (peak != null) {
            List<Integer> walls =
                    view.walls().stream().map(wall -> place(wall.at())).toList();
            chart.lines(to.terminal().width(), walls).forEach(line -> out.line(line.stripTrailing()));
        }
        long once = view.once().stream().mapToLong(Long::longValue).sum();
        out.line(things(view.fires(), "fire") + ": " + Figures.count(view.fires() - once) + " of "
                + things(view.repeatingJobs(), "job") + " that repeat" + (view.repeatingJobs() == 1 ? "s" : "") + ", "
                + Figures.count(once) + " of one-offs" + paused());
        if (view.estimated() > 0) {
            out.line("about " + Figures.count(view.estimated())
                    + " of the one-offs were not counted: a part of the jobs stands for them");
        }
        if (peak == null) {
            return;
        }
        out.line("typical " + Figures.count(view.typical()) + " " + perStep() + ", peak " + Figures.count(peak.fires())
                + " at " + at(peak.at()));
        walls();
    }

    private String paused() {
        return view.pausedJobs() == 0 ? "" : "; " + things(view.pausedJobs(), "paused job") + " left out";
    }

    private void walls() {
        if (view.walls().isEmpty()) {
            out.line("no walls: nothing is far above the typical");
            return;
        }
        out.line();
        String highest = view.wallCount() > view.walls().size()
                ? ", the highest " + view.walls().size()
                : "";
        out.line(to.paint(Paint.DIM, "WALLS " + view.wallCount() + highest));
        boolean splay = false;
        for (ForecastView.Wall wall : view.walls()) {
            wall(wall);
            splay |= wall.splay() != null;
        }
        if (splay) {
            out.line();
            out.line("  spread them: kalends edit JOB --splay D; each job is moved by an amount of its own that stays");
        }
    }

    private void wall(ForecastView.Wall wall) {
        String times = view.typical() == 0 ? "" : ", " + wall.fires() / view.typical() + " times the typical";
        out.line(to.paint(
                Paint.CAUTION,
                chart.marks().wall() + " " + at(wall.at()) + "  " + things(wall.fires(), "fire") + times));
        long told = wall.once();
        for (ForecastView.Share share : wall.schedules()) {
            told += share.fires();
            String splay = share.splayMs() == 0 ? "" : ", splay " + DurationText.words(share.splayMs());
            line(share.fires(), words(share.schedule()) + splay);
        }
        line(wall.once(), "one-offs");
        line(wall.fires() - told, "others");
        ForecastView.Splay splay = wall.splay();
        if (splay != null) {
            out.line("    "
                    + to.paint(
                            Paint.GOOD,
                            "--splay " + DurationText.format(splay.splayMs()) + " for " + things(splay.jobs(), "job")
                                    + ": at most about " + Figures.count(splay.peak()) + " " + perStep()));
        }
    }

    private void line(long fires, String who) {
        if (fires > 0) {
            String number = Figures.count(fires);
            out.line("  " + " ".repeat(Math.max(1, NUMBER_WIDTH - number.length())) + number + "  " + who);
        }
    }

    private static String words(ScheduleView schedule) {
        String words = Optional.ofNullable(schedule.words()).orElse(schedule.type());
        return TextWidth.cut(SafeText.line(words), SCHEDULE_MAX);
    }

    private int place(String at) {
        return (int) ((Times.ofRfc3339(at) - Times.ofRfc3339(view.from())) / view.stepMs());
    }

    private String at(String at) {
        return InstantText.local(Times.ofRfc3339(at), session.zone());
    }

    private String perStep() {
        String step = DurationText.words(view.stepMs());
        return switch (step) {
            case "1s" -> "a second";
            case "1m" -> "a minute";
            case "1h" -> "an hour";
            case "1d" -> "a day";
            default -> "in " + step;
        };
    }

    private static String things(long count, String thing) {
        return Figures.count(count) + " " + thing + (count == 1 ? "" : "s");
    }
}
