/**
 * Owns the vocabulary: ids, jobs, schedules, policies, runs, attempts, verdicts and the named limits.
 *
 * <p>Everything here is an immutable value without behaviour beyond its own consistency. All instants are UTC
 * milliseconds, all durations milliseconds. May import: time.
 * Start reading at {@link dev.kalends.job.JobSpec}, then {@link dev.kalends.job.RunState}.
 */
@NullMarked
package dev.kalends.job;

import org.jspecify.annotations.NullMarked;
