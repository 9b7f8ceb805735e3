package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a nominal instant, and why.
 *
 * <p>{@code verdict} is succeeded, dead, cancelled, running, retrying, ready, held, throttled, skipped, missed, paused,
 * not_yet, overdue, not_a_fire, not_accepted or no_record; {@code sentence} says it in words, {@code why} gives the
 * reason alone. {@code at} is null for a job that runs only when triggered and never did. {@code generation} is the one
 * that judged; {@code epoch} the present leader's. {@code before} and {@code after} are the nearest fires of an instant
 * that is none; {@code hints} are commands to type next.
 */
@Json
public record WhyView(
        String asOf,
        String jobId,
        @Nullable String jobName,
        String tenant,
        @Nullable String at,
        @Nullable String dueAt,
        String verdict,
        String sentence,
        @Nullable String why,
        @Nullable Stage late,
        List<Stage> stages,
        @Nullable String behind,
        int generation,
        int currentGeneration,
        String acceptedAt,
        int partition,
        long epoch,
        boolean leading,
        @Nullable RunView run,
        @Nullable Ledger ledger,
        @Nullable PauseView pause,
        @Nullable String before,
        @Nullable String after,
        @Nullable FireView next,
        List<String> hints) {

    /**
     * A part of the way from due to the first start: wheel (until the leader decided), catch-up (the same while nobody
     * could fire), overlap (until another run ended), queue (until a worker had it), start.
     */
    @Json
    public record Stage(String stage, long ms) {}

    /** The stretch of the ledger that the instant lies in. */
    @Json
    public record Ledger(
            String from,
            String to,
            long count,
            String verdict,
            @Nullable String reason) {}
}
