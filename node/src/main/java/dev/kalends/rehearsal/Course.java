package dev.kalends.rehearsal;

import java.util.Comparator;
import java.util.List;

/**
 * What happens to the node while jobs are rehearsed. All instants in UTC milliseconds.
 *
 * @param startMs when it begins: the node serves at that moment
 * @param endMs when it ends, exclusive
 * @param outages stretches in which no node serves, in order
 * @param leaderKills when leadership is lost; a new leader begins {@link #TAKEOVER_MS} later, and workers live on
 */
public record Course(long startMs, long endMs, List<Outage> outages, List<Long> leaderKills) {
    /** Longest stretch: a week's outage and a day after it. */
    public static final long SPAN_MAX_MS = 8 * 86_400_000L;
    /** Outages, and leader kills, at most. */
    public static final int FAULTS_MAX = 1_000;
    /** How long a partition has no leader after one died: its membership must end first. */
    public static final long TAKEOVER_MS = 5_000;

    /**
     * A stretch in which no node serves. The workers are gone with the node, as they are in one process.
     *
     * @param toMs when a node serves again, exclusive
     */
    public record Outage(long fromMs, long toMs) {
        public Outage {
            if (toMs <= fromMs) {
                throw new IllegalArgumentException("an outage ends after it begins; fromMs=" + fromMs);
            }
        }
    }

    public Course {
        if (endMs <= startMs || endMs - startMs > SPAN_MAX_MS) {
            throw new IllegalArgumentException(
                    "a rehearsal spans 1 ms to " + SPAN_MAX_MS + " ms; spanMs=" + (endMs - startMs));
        }
        if (outages.size() > FAULTS_MAX || leaderKills.size() > FAULTS_MAX) {
            throw new IllegalArgumentException(
                    "at most " + FAULTS_MAX + " of each; outages=" + outages.size() + " kills=" + leaderKills.size());
        }
        outages = outages.stream()
                .sorted(Comparator.comparingLong(Outage::fromMs))
                .toList();
        leaderKills = leaderKills.stream().sorted().toList();
    }

    /** When the outage that covers an instant is over; the instant itself when none does. */
    long servedAgainMs(long atMs) {
        long againMs = atMs;
        for (Outage outage : outages) {
            if (outage.fromMs() <= againMs && againMs < outage.toMs()) {
                againMs = outage.toMs();
            }
        }
        return againMs;
    }

    /** The next instant after one at which an outage begins or leadership is lost; the end when there is none. */
    long nextFaultMs(long afterMs) {
        long nextMs = endMs;
        for (Outage outage : outages) {
            nextMs = outage.fromMs() > afterMs ? Math.min(nextMs, outage.fromMs()) : nextMs;
        }
        for (long killMs : leaderKills) {
            nextMs = killMs > afterMs ? Math.min(nextMs, killMs) : nextMs;
        }
        return nextMs;
    }

    boolean killsLeaderAt(long atMs) {
        return leaderKills.contains(atMs);
    }
}
