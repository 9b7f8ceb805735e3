package dev.kalends.cli.look;

import dev.kalends.api.BackfillView;
import dev.kalends.api.FireView;
import dev.kalends.api.JobView;
import dev.kalends.api.PauseView;
import dev.kalends.api.RunView;
import dev.kalends.api.ScheduleView;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.Card;
import dev.kalends.cli.output.Cell;
import dev.kalends.cli.output.Paint;
import dev.kalends.cli.output.Rendering;
import dev.kalends.cli.output.Times;
import dev.kalends.schedule.DurationText;
import dev.kalends.schedule.InstantText;
import dev.kalends.schedule.ScheduleFormatException;
import dev.kalends.schedule.ZoneText;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** All about a job, for {@code show}. */
final class JobCard {
    private static final int OPEN_SHOWN = 10;

    private final Session session;
    private final Rendering to;

    JobCard(Session session) {
        this.session = session;
        this.to = session.rendering();
    }

    void print(JobView job) {
        if (to.terminal().out()) {
            String name = job.name() == null ? "" : to.paint(Paint.STRONG, JobTexts.inSentence(job.name())) + "  ";
            to.out()
                    .line(name + JobTexts.inSentence(job.id()) + "  "
                            + to.paint(Paint.ofState(job.state()), JobTexts.inSentence(job.state())));
        }
        Card card = new Card();
        card.field("id", job.id()).field("name", job.name()).field("state", job.state());
        paused(card, job.pause());
        schedule(card, job);
        backfill(card, job.backfill());
        card.text("does", JobTexts.work(job));
        policies(card, job);
        card.text("labels", JobTexts.labels(job.labels())).text("tenant", job.tenant());
        card.row(
                "made",
                Cell.of(Times.relative(Times.ofRfc3339(job.createdAt()), session.nowMs()) + ", generation "
                        + job.generation()),
                job.createdAt());
        card.field("generation", Integer.toString(job.generation()));
        lastRun(card, job.lastRun());
        openRuns(card, job.openRuns() == null ? List.of() : job.openRuns());
        card.field("from", job.from()).field("until", job.until());
        card.field("max-runs", JobTexts.number(job.maxRuns())).field("fired", Integer.toString(job.fired()));
        card.field("splay-ms", Long.toString(job.splayMs()));
        card.print(to);
        if (to.terminal().out()) {
            String word = JobTexts.inSentence(JobTexts.display(job));
            to.out().line("  runs: kalends runs " + word + "   output: kalends logs " + word);
        }
    }

    private void paused(Card card, @Nullable PauseView pause) {
        if (pause == null) {
            return;
        }
        String whose = switch (pause.by()) {
            case "tenant" -> "with its tenant, ";
            case "everything" -> "with everything, ";
            default -> "";
        };
        String until = pause.until() == null
                ? ""
                : ", until " + Times.relative(Times.ofRfc3339(pause.until()), session.nowMs());
        String reason = pause.reason() == null ? "" : ": " + pause.reason();
        String since = Times.relative(Times.ofRfc3339(pause.since()), session.nowMs());
        card.remark("paused", new Cell(whose + since + until + reason, Paint.CAUTION));
        card.field("pause-reason", pause.reason()).field("pause-until", pause.until());
    }

    private static void backfill(Card card, @Nullable BackfillView backfill) {
        if (backfill != null) {
            card.remark(
                    "backfill",
                    Cell.of(backfill.made() + " of " + backfill.runs() + " runs made, " + backfill.perSec() + "/s"));
        }
    }

    private void schedule(Card card, JobView job) {
        ScheduleView schedule = job.schedule();
        String words = JobTexts.schedule(schedule);
        boolean ownForm = schedule.cron() != null && !words.contains(schedule.cron());
        String zone = schedule.tz() == null || words.contains(schedule.tz()) ? "" : ", " + schedule.tz();
        card.row("schedule", Cell.of(words + zone + (ownForm ? "   (" + schedule.cron() + ")" : "")), words);
        card.field("cron", schedule.cron()).field("tz", schedule.tz());
        card.field("next", job.nextFireAt());
        fires(card, job, zone(schedule).orElse(session.zone()));
        window(card, job);
    }

    private void fires(Card card, JobView job, ZoneId zone) {
        if (job.next() == null) {
            // A node that is older than this command: the instants without their notes.
            long nextMs = Times.ofRfc3339(job.nextFireAt());
            if (nextMs >= 0) {
                card.remark("next", new Cell(when(nextMs, zone), Paint.PLAIN));
            }
            return;
        }
        String label = job.state().equals("paused") ? "if resumed" : "next";
        for (FireView fire : job.next()) {
            long atMs = Times.ofRfc3339(fire.at());
            if (atMs >= 0) {
                String note = fire.note() == null ? "" : "   " + fire.note();
                card.remark(label, new Cell(when(atMs, zone) + note, note.isEmpty() ? Paint.PLAIN : Paint.CAUTION));
                label = "";
            }
        }
    }

    private String when(long atMs, ZoneId zone) {
        return InstantText.local(atMs, zone) + " (" + Times.relative(atMs, session.nowMs()) + ")";
    }

    /** Between which instants it fires, how often, and by how much its fires are spread. */
    private void window(Card card, JobView job) {
        ZoneId zone = zone(job.schedule()).orElse(session.zone());
        StringJoiner words = new StringJoiner(", ");
        long fromMs = Times.ofRfc3339(job.from());
        if (fromMs >= 0) {
            words.add("from " + InstantText.local(fromMs, zone));
        }
        long untilMs = Times.ofRfc3339(job.until());
        if (untilMs >= 0) {
            words.add("until " + InstantText.local(untilMs, zone));
        }
        if (job.maxRuns() != null) {
            words.add("fired " + job.fired() + " of " + job.maxRuns() + " times");
        }
        if (job.splayMs() > 0) {
            words.add("spread over " + DurationText.words(job.splayMs()));
        }
        if (words.length() > 0) {
            card.remark("window", Cell.of(words.toString()));
        }
    }

    private static Optional<ZoneId> zone(ScheduleView schedule) {
        try {
            return Optional.ofNullable(schedule.tz()).map(ZoneText::parse);
        } catch (ScheduleFormatException e) {
            // A zone that only a newer node knows: its instants are shown in the zone of this machine.
            return Optional.empty();
        }
    }

    private static void policies(Card card, JobView job) {
        String timeout = job.timeoutMs() == null ? "" : ", timeout " + DurationText.words(job.timeoutMs());
        String attempts = job.maxAttempts() == 1 ? "1 attempt" : job.maxAttempts() + " attempts";
        card.remark(
                "policies",
                Cell.of("queue " + job.queue() + ", priority " + job.priority() + ", " + attempts + timeout
                        + ", overlap " + job.overlap() + ", catch-up " + job.catchUp()));
        card.field("queue", job.queue())
                .field("priority", job.priority())
                .field("max-attempts", Integer.toString(job.maxAttempts()))
                .field("timeout-ms", JobTexts.number(job.timeoutMs()))
                .field("overlap", job.overlap())
                .field("catch-up", job.catchUp());
    }

    private void lastRun(Card card, @Nullable RunView run) {
        card.field("last-run", run == null ? null : run.id());
        card.field("last-state", run == null ? null : run.state());
        if (run == null) {
            card.remark("last run", Cell.of("none yet"));
            return;
        }
        card.remark("last run", new Cell(sentence(run), Paint.ofState(run.state())));
        card.remark("", Cell.of(run.id()));
    }

    private String sentence(RunView run) {
        StringBuilder text = new StringBuilder(run.state());
        long endedMs = Times.ofRfc3339(run.finishedAt());
        if (endedMs >= 0) {
            text.append(' ').append(Times.relative(endedMs, session.nowMs()));
        }
        Long tookMs = JobTexts.tookMs(run);
        if (tookMs != null) {
            text.append(", took ").append(DurationText.words(tookMs));
        }
        if (run.exitCode() != null) {
            text.append(", exit ").append(run.exitCode());
        }
        if (run.attempt() > 1) {
            text.append(", attempt ").append(run.attempt()).append(" of ").append(run.maxAttempts());
        }
        String why = run.error() != null ? run.error() : run.reason();
        return why == null ? text.toString() : text.append(": ").append(why).toString();
    }

    private static void openRuns(Card card, List<RunView> runs) {
        card.field("open-runs", Integer.toString(runs.size()));
        for (int i = 0; i < Math.min(runs.size(), OPEN_SHOWN); i++) {
            RunView run = runs.get(i);
            card.remark(
                    i == 0 ? "open runs" : "",
                    new Cell(
                            run.id() + "  " + run.state() + ", attempt " + run.attempt() + " of " + run.maxAttempts(),
                            Paint.ofState(run.state())));
        }
        if (runs.size() > OPEN_SHOWN) {
            card.remark("", Cell.of("and " + (runs.size() - OPEN_SHOWN) + " more"));
        }
    }
}
