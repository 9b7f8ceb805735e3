package dev.kalends.relay;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How far the wall clocks of other nodes are from the one here, estimated as NTP does: the other clock is read between
 * a question and its answer, so the true offset lies within half the round trip of the middle. Of the last {@value
 * #SAMPLES} samples of a node that with the smallest round trip counts.
 *
 * <p>A sample that contradicts the best one says that a clock was set meanwhile, there or here: what came before it is
 * dropped. Sources: RFC 5905, section 10 (clock filter). Thread-safe.
 */
public final class ClockOffsets {
    static final int SAMPLES = 8;
    /** By how much two samples may contradict each other beyond their bounds: reading and rounding of clocks. */
    private static final long SLACK_MS = 10;

    private final Map<String, Deque<Sample>> samplesByNode = new HashMap<>();

    /**
     * One look at another clock.
     *
     * @param offsetMs that clock less the one here, reckoned for the middle of the round trip
     * @param boundMs by how much it may be wrong: half the round trip
     */
    public record Sample(long offsetMs, long boundMs) {
        /** From the wall clock here at the receipt, the other node's reading, and the round trip by monotonic clock. */
        static Sample of(long receivedMs, long readMs, long roundTripMs) {
            return new Sample(readMs - (receivedMs - roundTripMs / 2), Math.ceilDiv(roundTripMs, 2L));
        }

        /**
         * What is certain of the offset: nothing where the round trip alone explains it, so that a slow answer is not
         * taken for a clock that is off.
         */
        public long certainMs() {
            return offsetMs > 0 ? Math.max(0, offsetMs - boundMs) : Math.min(0, offsetMs + boundMs);
        }

        private boolean contradicts(Sample other) {
            return Math.abs(offsetMs - other.offsetMs) > boundMs + other.boundMs + SLACK_MS;
        }
    }

    /** Takes a sample of a node's clock. */
    public synchronized void add(String node, Sample sample) {
        Deque<Sample> samples = samplesByNode.computeIfAbsent(node, _ -> new ArrayDeque<>());
        if (best(samples).filter(sample::contradicts).isPresent()) {
            samples.clear();
        }
        samples.addLast(sample);
        if (samples.size() > SAMPLES) {
            samples.removeFirst();
        }
    }

    /** Forgets the nodes that are no members any more. */
    public synchronized void retain(Set<String> nodes) {
        samplesByNode.keySet().retainAll(nodes);
    }

    /** The best sample of each node. */
    public synchronized Map<String, Sample> best() {
        Map<String, Sample> best = new TreeMap<>();
        samplesByNode.forEach((node, samples) -> best(samples).ifPresent(sample -> best.put(node, sample)));
        return best;
    }

    private static Optional<Sample> best(Deque<Sample> samples) {
        return samples.stream().min(java.util.Comparator.comparingLong(Sample::boundMs));
    }
}
