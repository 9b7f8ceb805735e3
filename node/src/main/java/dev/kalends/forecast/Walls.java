package dev.kalends.forecast;

import dev.kalends.forecast.Outlook.Relief;
import dev.kalends.forecast.Outlook.Share;
import dev.kalends.forecast.Outlook.Wall;
import dev.kalends.journal.Buckets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the walls of a forecast: stretches of buckets that hold several times what a typical one does. A stretch is one
 * wall, named by its highest bucket.
 */
public final class Walls {
    /** How many times the typical bucket a wall is at least. */
    static final int TIMES_TYPICAL = 4;
    /** Fewer fires than these are no wall, however quiet it is around them. */
    static final int FIRES_MIN = 20;
    /** Walls that are told; the highest. */
    static final int WALLS_MAX = 12;

    private static final int SHARES_MAX = 5;
    /** Splays that people would choose, in milliseconds. */
    private static final long[] SPLAYS_MS = {
        5_000, 10_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000
    };
    /** A longer splay must make the peak lower by this much to be worth it. */
    private static final double WORTH = 1.25;

    private final Buckets buckets;
    private final long[] fires;
    private final List<Source> sources;

    Walls(Buckets buckets, long[] fires, List<Source> sources) {
        this.buckets = buckets;
        this.fires = fires;
        this.sources = sources;
    }

    /**
     * The walls.
     *
     * @param typical the median of all buckets
     * @param count how many walls there are
     * @param highest the highest of them, in the order of time
     */
    public record Found(long typical, int count, List<Wall> highest) {}

    Found find() {
        long[] sorted = fires.clone();
        Arrays.sort(sorted);
        long typical = sorted[sorted.length / 2];
        long least = Math.max(FIRES_MIN, TIMES_TYPICAL * Math.max(1, typical));
        List<Integer> peaks = new ArrayList<>();
        for (int i = 0; i < fires.length; i++) {
            if (fires[i] < least) {
                continue;
            }
            boolean goesOn = i > 0 && fires[i - 1] >= least;
            if (!goesOn) {
                peaks.add(i);
            } else if (fires[i] > fires[peaks.getLast()]) {
                peaks.set(peaks.size() - 1, i);
            }
        }
        List<Wall> highest = peaks.stream()
                .sorted(Comparator.comparingLong((Integer peak) -> -fires[peak]))
                .limit(WALLS_MAX)
                .sorted()
                .map(this::wall)
                .toList();
        return new Found(typical, peaks.size(), highest);
    }

    private Wall wall(int bucket) {
        List<Share> shares = new ArrayList<>();
        for (Source source : sources) {
            long share = source.in(bucket);
            if (share > 0) {
                shares.add(new Share(source, share));
            }
        }
        shares.sort(Comparator.comparingLong(share -> -share.fires()));
        Optional<Relief> relief = relief(bucket, shares);
        return new Wall(
                bucket, fires[bucket], List.copyOf(shares.subList(0, Math.min(SHARES_MAX, shares.size()))), relief);
    }

    /** The shortest splay that does nearly all that splay can do; empty when it would not help. */
    private Optional<Relief> relief(int bucket, List<Share> shares) {
        List<Relief> options = new ArrayList<>();
        for (long splayMs : SPLAYS_MS) {
            if (splayMs > buckets.stepMs()) {
                options.add(spread(bucket, shares, splayMs));
            }
        }
        Optional<Relief> best = options.stream().min(Comparator.comparingLong(Relief::peak));
        return best.flatMap(most -> options.stream()
                        .filter(option -> option.peak() <= WORTH * most.peak())
                        .findFirst())
                .filter(option -> option.peak() * WORTH <= fires[bucket]);
    }

    /** What becomes of a wall when those of its jobs that can are spread evenly over a splay. */
    private Relief spread(int bucket, List<Share> shares, long splayMs) {
        long movable = 0;
        long jobs = 0;
        for (Share share : shares) {
            Source source = share.source();
            if (source.splayMs() == 0 && source.spacingMs() >= splayMs) {
                movable += share.fires();
                jobs += Math.min(share.fires(), source.jobs());
            }
        }
        int wide = (int) (splayMs / buckets.stepMs());
        long each = Math.ceilDiv(movable, (long) wide);
        long peak = 0;
        for (int i = bucket; i < Math.min(fires.length, bucket + wide); i++) {
            long others = fires[i] - (i == bucket ? movable : 0);
            peak = Math.max(peak, others + each);
        }
        return new Relief(splayMs, jobs, peak);
    }
}
