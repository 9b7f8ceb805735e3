package dev.kalends.sqlite;

import dev.kalends.job.JobId;
import dev.kalends.job.JobState;
import dev.kalends.journal.Buckets;
import dev.kalends.journal.Codec;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Counts waiting one-offs by their due instants: runs along the day slots, a bounded number of places a snapshot, so
 * that checkpoints are not held up for longer than one of them takes.
 */
final class WaitingScan {
    private static final long PLACES_A_SNAPSHOT = 50_000;

    private final ReaderPool pool;
    private final int partition;
    private final Buckets buckets;
    private final Optional<String> tenant;
    private final long[] counts;

    WaitingScan(ReaderPool pool, int partition, Buckets buckets, Optional<String> tenant) {
        this.pool = pool;
        this.partition = partition;
        this.buckets = buckets;
        this.tenant = tenant;
        this.counts = new long[buckets.count()];
    }

    long[] count() {
        long firstDay = Math.max(1, Math.floorDiv(buckets.fromMs(), SlotIds.DAY_MS));
        long lastDay = Math.floorDiv(buckets.untilMs() - 1, SlotIds.DAY_MS);
        long next = SlotIds.first(partition, firstDay);
        long end = SlotIds.end(partition, Math.max(firstDay, lastDay));
        while (next < end) {
            long from = next;
            next = pool.read(reads -> portion(reads, from, end));
        }
        return counts;
    }

    /** Counts from an id on; returns where to go on. */
    private long portion(Reads reads, long from, long end) {
        long first = reads.session()
                .on("SELECT min(id) FROM job WHERE id >= ? AND id < ?")
                .with(from)
                .with(end)
                .first(row -> row.maybe(1).orElse(end))
                .orElse(end);
        // A portion lies in one slot: the due instants of its rows count from the same midnight.
        long last = Math.min(Math.min(first + PLACES_A_SNAPSHOT, SlotIds.end(partition, new JobId(first).day())), end);
        if (first < last) {
            Set<Long> passed = notPlainlyWaiting(reads, first, last);
            // With one tenant only, nobody's row has to be told from another's.
            if (tenant.isEmpty() || reads.interned().isOnlyTenant(tenant.get())) {
                everybody(reads, first, last, passed);
            } else {
                oneTenant(reads, first, last, passed);
            }
        }
        return last;
    }

    private void everybody(Reads reads, long first, long last, Set<Long> passed) {
        long midnightMs = SlotIds.dayStartMs(new JobId(first));
        reads.session()
                .on("SELECT due, id FROM job WHERE id >= ? AND id < ?")
                .with(first)
                .with(last)
                .each(row -> {
                    if (passed.isEmpty() || !passed.contains(row.number(2))) {
                        add(midnightMs + row.number(1));
                    }
                });
    }

    private void oneTenant(Reads reads, long first, long last, Set<Long> passed) {
        String wanted = tenant.orElseThrow();
        long midnightMs = SlotIds.dayStartMs(new JobId(first));
        reads.session()
                .on("SELECT due, id, spec FROM job WHERE id >= ? AND id < ?")
                .with(first)
                .with(last)
                .each(row -> {
                    boolean waits = passed.isEmpty() || !passed.contains(row.number(2));
                    if (waits
                            && Codec.decodeTenant(row.bytes(3), reads.interned())
                                    .equals(wanted)) {
                        add(midnightMs + row.number(1));
                    }
                });
    }

    /**
     * The ids of jobs that were fired, cancelled, paused or edited. Those that have a next fire all the same are
     * counted by it here, unless they were edited.
     */
    private Set<Long> notPlainlyWaiting(Reads reads, long first, long last) {
        Set<Long> ids = new HashSet<>();
        if (reads.interned().edits()) {
            reads.session()
                    .on("SELECT DISTINCT job FROM edit WHERE job >= ? AND job < ?")
                    .with(first)
                    .with(last)
                    .each(row -> ids.add(row.number(1)));
        }
        reads.session()
                .on("SELECT DISTINCT job FROM run WHERE job >= ? AND job < ?")
                .with(first)
                .with(last)
                .each(row -> ids.add(row.number(1)));
        reads.session()
                .on("SELECT state.job, state.state, job.spec, EXISTS (SELECT 1 FROM edit WHERE edit.job = state.job)"
                        + " FROM state JOIN job ON job.id = state.job WHERE state.job >= ? AND state.job < ?")
                .with(first)
                .with(last)
                .each(row -> {
                    ids.add(row.number(1));
                    JobState state = Codec.decodeState(row.bytes(2), new JobId(row.number(1)));
                    if (state.next().isPresent() && row.number(4) == 0 && isWanted(reads, row.bytes(3))) {
                        add(state.next().get().dueMs());
                    }
                });
        return ids;
    }

    private boolean isWanted(Reads reads, byte[] spec) {
        return tenant.isEmpty() || Codec.decodeTenant(spec, reads.interned()).equals(tenant.get());
    }

    private void add(long dueMs) {
        int bucket = buckets.of(dueMs);
        if (bucket >= 0) {
            counts[bucket]++;
        }
    }
}
