package dev.kalends.job;

import java.util.List;
import java.util.Optional;

/**
 * How a job is released, tried and given up: the part of a spec that thousands of jobs share, stored once.
 *
 * @param queue where its runs wait
 * @param timeoutMs longest execution of one attempt; empty = no limit
 * @param deadlineMs longest wait from the due instant to the first start; empty = no limit
 * @param limits of {@link Limit}, as texts
 */
public record Policy(
        String queue,
        Priority priority,
        Retry retry,
        Optional<Long> timeoutMs,
        Optional<Long> deadlineMs,
        Overlap overlap,
        CatchUp catchUp,
        SandboxMode sandbox,
        List<String> limits) {
    /** The queue of jobs that name none. */
    public static final String DEFAULT_QUEUE = "default";

    /** The policy of a job that says nothing. */
    public static final Policy DEFAULT = new Policy(
            DEFAULT_QUEUE,
            Priority.NORMAL,
            Retry.DEFAULT,
            Optional.empty(),
            Optional.empty(),
            Overlap.SKIP,
            CatchUp.LAST,
            SandboxMode.NONE,
            List.of());

    public Policy {
        limits = List.copyOf(limits);
    }
}
