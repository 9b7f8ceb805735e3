package dev.kalends.tui.model;

import dev.kalends.api.DeadAnswer;
import java.util.List;

/**
 * Something that the person wants done, with all that is needed to do that and nothing else: ids, never places on the
 * screen.
 */
public sealed interface Order {
    /** A job as it was on the screen: an edit since then raised its generation. */
    record JobRef(String id, String name, int generation) {}

    /** A run as it was on the screen: a redrive since then began another series. */
    record RunRef(String id, int series) {}

    /** A run's lease as it was on the screen. */
    record LeaseRef(String run, long token) {}

    /** End jobs. */
    record CancelJobs(List<JobRef> jobs) implements Order {}

    /** Hold jobs back. */
    record PauseJobs(List<JobRef> jobs) implements Order {}

    /** Let jobs go on. */
    record ResumeJobs(List<JobRef> jobs) implements Order {}

    /** Make a manual run of a job. */
    record Trigger(JobRef job) implements Order {}

    /** End runs, those under way too. */
    record CancelRuns(List<RunRef> runs) implements Order {}

    /** Reopen runs that failed for good. */
    record Rerun(List<RunRef> runs) implements Order {}

    /** Take runs back from their workers; only the leases that were on the screen. */
    record Release(List<LeaseRef> leases) implements Order {}

    /** Give dead letters another series of attempts. */
    record Redrive(Letters letters, Pace pace) implements Order {}

    /** How a redrive goes about it. */
    enum Pace {
        /** All, one after the other. */
        STRAIGHT,
        /** One first, when it succeeds ten, then all; it stops when one dies again. */
        CANARY
    }

    /** Drop dead letters for good. */
    record Discard(Letters letters) implements Order {}

    /** Have a node lead nothing. */
    record Drain(String node) implements Order {}

    /** Let a node lead again. */
    record Undrain(String node) implements Order {}

    /** Have the leader of a partition give it back; only the leader and term that were on the screen. */
    record StepDown(int partition, String leader, long epoch) implements Order {}

    /**
     * Which dead letters.
     *
     * @param words what they are, for people
     * @param fingerprint of a group; empty when runs are named
     * @param runs what was chosen, or what the node counted
     * @param expected how many there must be of a group that has more than the node names; 0 when runs are named
     */
    record Letters(String words, String fingerprint, List<String> runs, long expected) {
        /** The same as the node counted them: named one by one where it named them all, else held to their count. */
        public Letters counted(DeadAnswer answer) {
            if (answer.runs().size() == answer.count()) {
                return new Letters(words, fingerprint, answer.runs(), 0);
            }
            return new Letters(words, fingerprint, runs, runs.isEmpty() ? answer.count() : 0);
        }
    }
}
