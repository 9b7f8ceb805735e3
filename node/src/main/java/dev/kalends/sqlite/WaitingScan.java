package dev.kalends.sqlite;

import dev.kalends.job.JobId;
import dev.kalends.journal.Buckets;
import dev.kalends.journal.StoreReader.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Counts waiting one-offs by their due instants, a bounded number of places a snapshot, so that checkpoints are not
 * held up for longer than one of them takes.
 *
 * <p>A day slot whose hours each lie in one bucket is counted by {@link HourCounts}, whatever it holds. The jobs of the
 * other slots are looked at, if they are not too many; else a part of them, evenly over the slot, stands for all.
 */
final class WaitingScan {
    /** Jobs looked at, at most, where a part can stand for all. */
    static final long LOOKED_MAX = 2_000_000;
    /** A part is smaller than what may be looked at: its jobs lie far from each other, which costs more. */
    private static final int PART_OF_MAX = 2;

    private final ReaderPool pool;
    private final int partition;
    private final Buckets buckets;
    private final SlotScan.Of of;
    private final long lookedMax;
    private final long[] counts;
    private long estimated;

    /** The slots of a day, from its first to its last id. */
    private record Slot(int day, long first, long last, Optional<int[]> hours) {
        long places() {
            return last - first + 1;
        }
    }

    WaitingScan(ReaderPool pool, int partition, Buckets buckets, Optional<String> tenant, long lookedMax) {
        this.pool = pool;
        this.partition = partition;
        this.buckets = buckets;
        this.of = new SlotScan.Of(buckets, tenant);
        this.lookedMax = lookedMax;
        this.counts = new long[buckets.count()];
    }

    Waiting count() {
        List<Slot> looked = new ArrayList<>();
        long places = 0;
        for (Slot slot : slots()) {
            if (!slot.hours().map(hours -> byHours(slot, hours)).orElse(false)) {
                looked.add(slot);
                places += slot.places();
            }
        }
        for (Slot slot : looked) {
            if (places <= lookedMax) {
                all(slot);
            } else {
                part(slot, (double) lookedMax / PART_OF_MAX / places);
            }
        }
        return new Waiting(counts, estimated);
    }

    /** The slots of the asked time that hold anything. */
    private List<Slot> slots() {
        long first = Math.max(1, Math.floorDiv(buckets.fromMs(), SlotIds.DAY_MS));
        long last = Math.max(first, Math.floorDiv(buckets.untilMs() - 1, SlotIds.DAY_MS));
        return pool.read(reads -> {
            List<Slot> slots = new ArrayList<>();
            boolean everybody = of.everybody(reads);
            long end = SlotIds.end(partition, last);
            OptionalLong next = least(reads, SlotIds.first(partition, first), end);
            while (next.isPresent()) {
                int day = new JobId(next.getAsLong()).day();
                long beyond = SlotIds.end(partition, day);
                slots.add(new Slot(
                        day,
                        next.getAsLong(),
                        greatest(reads, next.getAsLong(), beyond),
                        everybody ? HourCounts.of(reads, day) : Optional.empty()));
                next = least(reads, beyond, end);
            }
            return slots;
        });
    }

    private static OptionalLong least(Reads reads, long from, long end) {
        return reads.session()
                .on("SELECT min(id) FROM job WHERE id >= ? AND id < ?")
                .with(from)
                .with(end)
                .first(row -> row.maybe(1))
                .orElse(OptionalLong.empty());
    }

    private static long greatest(Reads reads, long from, long end) {
        return reads.session()
                .on("SELECT max(id) FROM job WHERE id >= ? AND id < ?")
                .with(from)
                .with(end)
                .number(from);
    }

    /** Counts a slot by its hours and takes off what waits no longer; false, and nothing counted, if that cannot be. */
    private boolean byHours(Slot slot, int[] hours) {
        long midnightMs = slot.day() * SlotIds.DAY_MS;
        for (int hour = 0; hour < HourCounts.HOURS; hour++) {
            if (hours[hour] > 0 && !isWhole(midnightMs + hour * HourCounts.HOUR_MS)) {
                return false;
            }
        }
        SlotScan scan = new SlotScan(of, slot.day());
        long next = slot.first();
        while (next <= slot.last()) {
            long start = next;
            next = pool.read(reads -> scan.takeOff(reads, start, slot.last() + 1));
            if (scan.takenOff() > lookedMax) {
                return false;
            }
        }
        scan.addTo(counts);
        for (int hour = 0; hour < HourCounts.HOURS; hour++) {
            int bucket = buckets.of(midnightMs + hour * HourCounts.HOUR_MS);
            if (bucket >= 0) {
                counts[bucket] += hours[hour];
            }
        }
        return true;
    }

    /** Whether an hour lies in one bucket, or wholly outside. */
    private boolean isWhole(long startMs) {
        long lastMs = startMs + HourCounts.HOUR_MS - 1;
        if (lastMs < buckets.fromMs() || startMs >= buckets.untilMs()) {
            return true;
        }
        return buckets.of(startMs) >= 0 && buckets.of(startMs) == buckets.of(lastMs);
    }

    private void all(Slot slot) {
        SlotScan scan = new SlotScan(of, slot.day());
        for (long from = slot.first(); from <= slot.last(); from += SlotScan.PLACES_A_SNAPSHOT) {
            long end = Math.min(slot.last() + 1, from + SlotScan.PLACES_A_SNAPSHOT);
            long start = from;
            pool.read(reads -> scan.look(reads, start, end));
        }
        scan.addTo(counts);
    }

    /** Looks at a part of a slot, in stretches that lie evenly over it. */
    private void part(Slot slot, double share) {
        long stretches = Math.clamp(Math.round(slot.places() * share / SlotScan.STRETCH), 1, slot.places());
        SlotScan scan = new SlotScan(of, slot.day());
        for (long i = 0; i < stretches; i++) {
            long start = slot.first() + (long) ((double) i / stretches * slot.places());
            long end = Math.min(slot.last() + 1, start + SlotScan.STRETCH);
            pool.read(reads -> scan.look(reads, start, end));
        }
        estimated += scan.scaleTo(counts, slot.places(), slot.hours());
    }
}
