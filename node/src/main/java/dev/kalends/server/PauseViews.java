package dev.kalends.server;

import dev.kalends.api.BackfillView;
import dev.kalends.api.PauseView;
import dev.kalends.job.Backfill;
import dev.kalends.job.JobState;
import dev.kalends.job.Pause;
import dev.kalends.job.PauseOrder;
import dev.kalends.journal.StoreReader;
import dev.kalends.journal.StoreReader.JobRow;
import dev.kalends.schedule.InstantText;
import java.util.Optional;
import java.util.stream.Stream;

/** Shows pauses and backfills as the API does. */
final class PauseViews {
    private PauseViews() {}

    static PauseView of(JobState.Paused paused) {
        return of(paused.why(), Optional.empty(), false);
    }

    static PauseView of(PauseOrder order) {
        return of(order.pause(), order.tenant(), !order.holds());
    }

    /** What holds a job back: its own pause, else that of its tenant or of everything, which it meets when due. */
    static Optional<PauseView> over(StoreReader reader, JobRow row) {
        return row.state()
                .flatMap(JobState::paused)
                .map(PauseViews::of)
                .or(() -> orders(reader, Optional.of(row.spec().tenant()))
                        .findFirst()
                        .map(PauseViews::of));
    }

    /** The pauses in force over a tenant, or over anybody. */
    static Stream<PauseOrder> orders(StoreReader reader, Optional<String> tenant) {
        return reader.pauses().stream()
                .filter(PauseOrder::holds)
                .filter(order -> order.tenant().isEmpty()
                        || tenant.isEmpty()
                        || order.tenant().equals(tenant));
    }

    private static PauseView of(Pause pause, Optional<String> tenant, boolean resuming) {
        return new PauseView(
                Views.word(pause.by()),
                tenant.orElse(null),
                InstantText.format(pause.sinceMs()),
                pause.untilMs().map(InstantText::format).orElse(null),
                pause.reason().orElse(null),
                resuming);
    }

    static BackfillView of(Backfill backfill) {
        long left = backfill.total() - backfill.made();
        return new BackfillView(
                backfill.job().toString(),
                null,
                backfill.number(),
                backfill.total(),
                backfill.made(),
                InstantText.format(backfill.nextMs()),
                InstantText.format(backfill.untilMs()),
                backfill.perSec(),
                durationMs(left, backfill.perSec()));
    }

    /** The least time that some runs take at a rate, in milliseconds. */
    static long durationMs(long runs, int perSec) {
        return Math.max(0, runs - 1) * 1_000 / perSec;
    }
}
