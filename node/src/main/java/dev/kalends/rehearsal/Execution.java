package dev.kalends.rehearsal;

import dev.kalends.job.AttemptEnd;
import dev.kalends.job.Run;

/** An attempt that is executed: it takes its time, then it ends as its script says. */
record Execution(Run run, long startedMs, Script script) {
    /** How long the runs of a job take, and how they end. */
    record Script(long takesMs, AttemptEnd end) {}

    long token() {
        return run.lease().orElseThrow().token();
    }

    long endMs() {
        return startedMs + script.takesMs();
    }
}
