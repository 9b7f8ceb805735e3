package dev.kalends.server;

import dev.kalends.job.LedgerLine;
import dev.kalends.job.RunId;
import dev.kalends.schedule.DurationText;
import dev.kalends.schedule.InstantText;
import dev.kalends.verdict.Facts;
import dev.kalends.verdict.Judgement;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says a verdict in a sentence, and what to type next. */
final class WhyWords {
    private final Facts facts;
    private final Judgement judgement;
    private final long sloMs;

    WhyWords(Facts facts, Judgement judgement, long sloMs) {
        this.facts = facts;
        this.judgement = judgement;
        this.sloMs = sloMs;
    }

    /** The stage that made it late; empty when it was in time. */
    Optional<Judgement.Stage> late() {
        return judgement.lateMs() > sloMs ? judgement.slowest() : Optional.empty();
    }

    /** {@code The fire of Sat 2026-03-07 02:30 EST was skipped: an earlier run is still open}. */
    String sentence() {
        ZoneId zone = FiresAhead.zone(facts.job().ruling().schedule());
        String at = InstantText.local(facts.nominalMs(), zone);
        String subject = switch (facts.asked().kind()) {
            case SCHEDULED ->
                switch (judgement.verdict()) {
                    case NOT_A_FIRE, NOT_ACCEPTED -> at;
                    case SUCCEEDED,
                            DEAD,
                            CANCELLED,
                            RUNNING,
                            RETRYING,
                            READY,
                            HELD,
                            THROTTLED,
                            SKIPPED,
                            MISSED,
                            PAUSED,
                            NOT_YET,
                            OVERDUE,
                            NO_RECORD -> "the fire of " + at;
                };
            case MANUAL -> "the manual run of " + at;
            case BACKFILL -> "the backfill of " + at;
        };
        String why = judgement.why().isEmpty() ? "" : ": " + judgement.why();
        return subject + " " + verb() + lateness() + why;
    }

    private String verb() {
        return switch (judgement.verdict()) {
            case SUCCEEDED -> "succeeded";
            case DEAD -> "died";
            case CANCELLED -> "was cancelled";
            case RUNNING -> "is running";
            case RETRYING -> "failed and will be tried again";
            case READY -> "waits for a worker";
            case HELD -> "waits its turn";
            case THROTTLED -> "waits for room";
            case SKIPPED -> "was skipped";
            case MISSED -> "was missed";
            case PAUSED -> "is held back";
            case NOT_YET -> "comes in " + DurationText.words(facts.dueMs() - facts.nowMs());
            case OVERDUE -> "came due " + DurationText.words(facts.nowMs() - facts.dueMs()) + " ago";
            case NOT_A_FIRE -> "is no fire of this job";
            case NOT_ACCEPTED -> "is no fire of this job";
            case NO_RECORD -> "was decided";
        };
    }

    private String lateness() {
        return late().map(stage -> ", " + DurationText.words(judgement.lateMs()) + " late (" + stage.name() + " "
                        + DurationText.words(stage.ms()) + ")")
                .orElse("");
    }

    /** Commands to type next. */
    List<String> hints() {
        String job = facts.job().current().display();
        RunId asked = facts.asked();
        String run = job + "@" + asked.instantText();
        List<String> hints = new ArrayList<>();
        switch (judgement.verdict()) {
            case SUCCEEDED, CANCELLED -> {
                if (facts.run().isPresent()) {
                    hints.add("kalends logs " + run);
                }
            }
            case RUNNING -> hints.add("kalends logs -f " + run);
            case DEAD -> {
                hints.add("kalends dlq show " + run);
                hints.add("kalends dlq redrive " + run);
            }
            case RETRYING -> hints.add("kalends show " + run);
            case READY -> {
                hints.add("kalends workers");
                hints.add("kalends stats");
            }
            case HELD, THROTTLED -> judgement.behind().ifPresent(other -> hints.add("kalends show " + other));
            case SKIPPED, MISSED -> {
                judgement.behind().ifPresent(other -> hints.add("kalends show " + other));
                hints.add(facts.line().map(line -> backfill(job, line)).orElse("kalends trigger " + job));
            }
            case PAUSED -> hints.add(resume(job));
            case NOT_YET -> hints.add("kalends next " + job + " --explain");
            case OVERDUE -> {
                hints.add("kalends leases");
                hints.add("kalends doctor");
            }
            case NOT_A_FIRE, NOT_ACCEPTED -> {
                judgement.beforeMs().ifPresent(ms -> hints.add("kalends why " + job + "@" + instant(ms)));
                hints.add("kalends next " + job + " --explain");
            }
            case NO_RECORD -> hints.add("kalends runs " + job);
        }
        return hints;
    }

    /** For a stretch of fires that did not run. */
    private static String backfill(String job, LedgerLine line) {
        String until = InstantText.format(line.toMs() + 1_000);
        return "kalends backfill " + job + " --from " + InstantText.format(line.fromMs()) + " --to " + until
                + " --dry-run";
    }

    private String resume(String job) {
        return facts.pause()
                .map(pause -> switch (pause.by()) {
                    case JOB -> "kalends resume " + job;
                    case TENANT ->
                        "kalends resume --all -T " + facts.job().current().tenant();
                    case EVERYTHING -> "kalends resume --all";
                })
                .orElse("kalends resume " + job);
    }

    private String instant(long ms) {
        return RunId.scheduled(facts.asked().job(), ms).instantText();
    }
}
