package dev.kalends.worker;

import dev.kalends.api.LeaseName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Leases in this worker's name that it never got: a leader asked about them, and their grants were lost on the way.
 *
 * <p>What was disowned is run by somebody else, so a grant of it that arrives after all is not taken. It may arrive
 * until the lease would have ended. Pure and not thread-safe.
 */
final class DisownedLeases {
    /** Answers say what is left of a lease, a third of it at least: this often that is never too short a memory. */
    private static final int REMEMBERED = 3;

    private final Map<LeaseKey, ClockReading> rememberedUntil = new LinkedHashMap<>();
    private final List<LeaseName> untold = new ArrayList<>();
    private List<LeaseName> inFlight = List.of();

    /**
     * A leader's question.
     *
     * @param known whether a lease was taken: its work may have been done
     * @param leftMs the most that any answer has said is left of a lease
     */
    void asked(List<LeaseName> doubted, Predicate<LeaseKey> known, ClockReading now, long leftMs) {
        rememberedUntil.values().removeIf(until -> now.msUntil(until) <= 0);
        for (LeaseName lease : doubted) {
            LeaseKey key = new LeaseKey(lease.run(), lease.token());
            if (!known.test(key)) {
                rememberedUntil.put(key, now.plusMs(REMEMBERED * leftMs));
                untold.add(lease);
            }
        }
    }

    /** Whether a lease must not be taken any more. */
    boolean contains(LeaseKey key) {
        return rememberedUntil.containsKey(key);
    }

    /** Whether there is something to tell. */
    boolean isPending() {
        return !untold.isEmpty();
    }

    /** What the next heartbeat tells; its answer or failure must be told before the next. */
    List<LeaseName> tell() {
        inFlight = List.copyOf(untold.subList(0, Math.min(untold.size(), LeaseName.MOST)));
        return inFlight;
    }

    /** The heartbeat arrived. */
    void told() {
        untold.subList(0, inFlight.size()).clear();
        inFlight = List.of();
    }
}
