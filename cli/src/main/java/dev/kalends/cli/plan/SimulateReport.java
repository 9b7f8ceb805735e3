package dev.kalends.cli.plan;

import dev.kalends.api.SimulateAnswer;
import dev.kalends.api.SimulateRequest;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.Cell;
import dev.kalends.cli.output.Column;
import dev.kalends.cli.output.Listing;
import dev.kalends.cli.output.Paint;
import dev.kalends.cli.output.Rendering;
import dev.kalends.cli.output.Times;
import dev.kalends.schedule.DurationText;
import dev.kalends.tui.text.SafeText;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a simulation is printed. People get what it was about, the jobs that something happened to first, what did not
 * run and why, the sum, and what may be done about it; a pipe gets a line a job.
 */
final class SimulateReport {
    private static final int ROWS_MAX = 40;
    private static final int STRETCHES_MAX = 20;

    private final Session session;
    private final ZoneId zone;

    SimulateReport(Session session, ZoneId zone) {
        this.session = session;
        this.zone = zone;
    }

    /** A stretch of nominal instants that did not run. */
    private record NotRun(SimulateAnswer.Job job, SimulateAnswer.Verdict verdict) {}

    void print(SimulateAnswer answer) {
        Rendering to = session.rendering();
        if (!to.forPeople()) {
            jobs().print(to, answer, answer.jobs());
            if (answer.cut()) {
                session.tell("warning: " + cut(answer));
            }
            return;
        }
        to.out().line(head(answer)).line();
        List<SimulateAnswer.Job> shown = shown(answer);
        jobs().print(to, answer, shown);
        int left = answer.jobs().size() - shown.size();
        if (left > 0) {
            to.out().line(to.paint(Paint.DIM, "and " + left + " more: all with -o ndjson"));
        }
        notRun(to, answer);
        to.out().line().line(sum(answer));
        if (answer.cut()) {
            to.out().line(to.paint(Paint.CAUTION, cut(answer)));
        }
        SimulateHints.of(answer).forEach(hint -> to.out().line(to.paint(Paint.DIM, "hint: ") + SafeText.line(hint)));
    }

    private static List<SimulateAnswer.Job> shown(SimulateAnswer answer) {
        List<SimulateAnswer.Job> touched = new ArrayList<>();
        List<SimulateAnswer.Job> quiet = new ArrayList<>();
        answer.jobs().forEach(job -> (isTouched(job.counts()) ? touched : quiet).add(job));
        touched.addAll(quiet);
        return touched.subList(0, Math.min(ROWS_MAX, touched.size()));
    }

    private static boolean isTouched(SimulateAnswer.Counts counts) {
        return counts.caughtUp().count()
                        + counts.missed()
                        + counts.skipped()
                        + counts.cancelled()
                        + counts.dead()
                        + counts.retries()
                > 0;
    }

    private String head(SimulateAnswer answer) {
        StringBuilder text = new StringBuilder();
        text.append(at(answer.from())).append(" to ").append(at(answer.until()));
        text.append(" (").append(span(answer.from(), answer.until())).append("), ");
        text.append(answer.slots()).append(answer.slots() == 1 ? " slot" : " slots");
        for (SimulateRequest.Outage outage : answer.outages()) {
            text.append("; no node ").append(at(outage.from())).append(" to ").append(at(outage.to()));
            text.append(" (").append(span(outage.from(), outage.to())).append(')');
        }
        for (String kill : answer.leaderKills()) {
            text.append("; leader lost ").append(at(kill));
        }
        return SafeText.line(text.toString());
    }

    private Listing<SimulateAnswer.Job> jobs() {
        List<Column<SimulateAnswer.Job>> columns = new ArrayList<>(shown());
        columns.addAll(wide());
        return new Listing<>(columns, job -> Optional.ofNullable(job.id()).orElse(""), SimulateAnswer.Job::name);
    }

    private List<Column<SimulateAnswer.Job>> shown() {
        return List.of(
                Column.text("JOB", Column.Fit.CUT, SimulateReport::display),
                number(
                        "IN TIME",
                        Column.Fit.NUMBER,
                        Paint.PLAIN,
                        job -> job.counts().started().count()),
                number(
                        "CAUGHT UP",
                        Column.Fit.NUMBER,
                        Paint.CAUTION,
                        job -> job.counts().caughtUp().count()),
                number(
                        "SKIPPED",
                        Column.Fit.NUMBER,
                        Paint.CAUTION,
                        job -> job.counts().skipped()),
                number(
                        "MISSED",
                        Column.Fit.NUMBER,
                        Paint.BAD,
                        job -> job.counts().missed()),
                new Column<>(
                        "LATEST",
                        Column.Fit.NUMBER,
                        job -> latest(job) == 0 ? Cell.NONE : Cell.of(DurationText.words(latest(job))),
                        job -> Long.toString(latest(job))));
    }

    private List<Column<SimulateAnswer.Job>> wide() {
        return List.of(
                instant("FIRST", SimulateReport::first),
                instant("LAST", SimulateReport::last),
                number("DEAD", Column.Fit.WIDE, Paint.BAD, job -> job.counts().dead()),
                number(
                        "CANCELLED",
                        Column.Fit.WIDE,
                        Paint.PLAIN,
                        job -> job.counts().cancelled()),
                number(
                        "RETRIES",
                        Column.Fit.WIDE,
                        Paint.PLAIN,
                        job -> job.counts().retries()),
                number("OPEN", Column.Fit.WIDE, Paint.PLAIN, job -> job.counts().open()),
                number(
                        "ASKED FOR",
                        Column.Fit.WIDE,
                        Paint.PLAIN,
                        job -> job.counts().onRequest().count()),
                number("TAKES MS", Column.Fit.WIDE, Paint.PLAIN, SimulateAnswer.Job::takesMs),
                Column.text("ID", Column.Fit.WIDE, SimulateAnswer.Job::id));
    }

    private static Column<SimulateAnswer.Job> number(
            String title, Column.Fit fit, Paint paint, java.util.function.ToLongFunction<SimulateAnswer.Job> value) {
        return new Column<>(
                title,
                fit,
                job -> new Cell(Long.toString(value.applyAsLong(job)), value.applyAsLong(job) == 0 ? Paint.DIM : paint),
                job -> Long.toString(value.applyAsLong(job)));
    }

    private Column<SimulateAnswer.Job> instant(
            String title, java.util.function.Function<SimulateAnswer.Job, @Nullable String> value) {
        return new Column<>(title, Column.Fit.WIDE, job -> Cell.of(at(value.apply(job))), value);
    }

    private static @Nullable String first(SimulateAnswer.Job job) {
        return extreme(job.counts().started().firstAt(), job.counts().caughtUp().firstAt(), -1);
    }

    private static @Nullable String last(SimulateAnswer.Job job) {
        return extreme(job.counts().started().lastAt(), job.counts().caughtUp().lastAt(), 1);
    }

    /** RFC 3339 in UTC sorts as it reads. */
    private static @Nullable String extreme(@Nullable String a, @Nullable String b, int sign) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return Integer.signum(a.compareTo(b)) == sign ? a : b;
    }

    private static long latest(SimulateAnswer.Job job) {
        return Math.max(
                job.counts().started().worstLateMs(), job.counts().caughtUp().worstLateMs());
    }

    static String display(SimulateAnswer.Job job) {
        return Optional.ofNullable(job.name())
                .or(() -> Optional.ofNullable(job.id()))
                .orElse("(no name)");
    }

    private void notRun(Rendering to, SimulateAnswer answer) {
        List<NotRun> stretches = new ArrayList<>();
        for (SimulateAnswer.Job job : answer.jobs()) {
            for (SimulateAnswer.Verdict verdict : job.verdicts()) {
                if (!verdict.verdict().equals("succeeded")) {
                    stretches.add(new NotRun(job, verdict));
                }
            }
        }
        if (stretches.isEmpty()) {
            return;
        }
        to.out().line();
        List<NotRun> shown = stretches.subList(0, Math.min(STRETCHES_MAX, stretches.size()));
        new Listing<NotRun>(
                        List.of(
                                Column.text("NOT RUN", Column.Fit.CUT, one -> display(one.job())),
                                Column.text(
                                        "FROM",
                                        Column.Fit.FIXED,
                                        one -> at(one.verdict().from())),
                                Column.text(
                                        "TO",
                                        Column.Fit.FIXED,
                                        one -> at(one.verdict().to())),
                                Column.text(
                                        "COUNT",
                                        Column.Fit.NUMBER,
                                        one -> Long.toString(one.verdict().count())),
                                Column.state("VERDICT", one -> one.verdict().verdict()),
                                Column.text(
                                        "WHY",
                                        Column.Fit.CUT,
                                        one -> one.verdict().reason())),
                        _ -> "",
                        _ -> null)
                .print(to, answer, shown);
        if (shown.size() < stretches.size()) {
            to.out().line(to.paint(Paint.DIM, "and " + (stretches.size() - shown.size()) + " more: all with -o json"));
        }
    }

    private String sum(SimulateAnswer answer) {
        SimulateAnswer.Counts total = answer.total();
        List<String> parts = new ArrayList<>();
        parts.add(count(total.started().count(), "in time") + late(total.started()));
        parts.add(count(total.caughtUp().count(), "caught up") + late(total.caughtUp()));
        parts.add(count(total.missed(), "missed"));
        parts.add(count(total.skipped(), "skipped"));
        if (total.dead() > 0) {
            parts.add(count(total.dead(), "dead"));
        }
        if (total.cancelled() > 0) {
            parts.add(count(total.cancelled(), "cancelled"));
        }
        if (total.retries() > 0) {
            parts.add(total.retries() == 1 ? "1 retry" : total.retries() + " retries");
        }
        if (total.open() > 0) {
            parts.add(count(total.open(), "still open"));
        }
        String busiest = Optional.ofNullable(answer.busiest())
                .map(second -> "; at most " + second.starts() + (second.starts() == 1 ? " start" : " starts")
                        + " within a second, from " + at(second.from()))
                .orElse("");
        return String.join(", ", parts) + busiest;
    }

    private static String count(long number, String what) {
        return number + " " + what;
    }

    private static String late(SimulateAnswer.Starts starts) {
        return starts.worstLateMs() == 0 ? "" : " (at most " + DurationText.words(starts.worstLateMs()) + " late)";
    }

    private String cut(SimulateAnswer answer) {
        return "it ends early, at " + at(answer.until())
                + ": more fires than one simulation takes; choose fewer jobs, or a" + " shorter --for";
    }

    private String at(@Nullable String instant) {
        long ms = Times.ofRfc3339(instant);
        return ms < 0 ? "" : Times.local(ms, session.nowMs(), zone);
    }

    private static String span(String from, String to) {
        return DurationText.words(Times.ofRfc3339(to) - Times.ofRfc3339(from));
    }
}
