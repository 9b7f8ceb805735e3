/**
 * Owns the worker: pull, claim, execute, renew, report.
 *
 * <p>{@code LeaseBook} holds every decision about leases and reports and is pure; {@link dev.kalends.worker.Worker}
 * runs it with four loops and a thread for each execution. Executors know nothing of leases: they get an execution, a
 * place for output and a signal that tells them to stop.
 *
 * <p>May import: {@code time}, {@code job}, {@code schedule} (words for durations), {@code api}, {@code client}.
 * Start reading at {@link dev.kalends.worker.Worker}, then {@code LeaseBook}; for processes at {@code CommandExecutor}
 * and {@code supervisor.sh}.
 */
@NullMarked
package dev.kalends.worker;

import org.jspecify.annotations.NullMarked;
