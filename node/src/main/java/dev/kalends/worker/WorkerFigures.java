package dev.kalends.worker;

/**
 * A worker in numbers.
 *
 * @param running executions now
 * @param reportsWaiting finished attempts that no node has taken yet
 * @param overdue leases that could not be renewed in time, since the start
 * @param reportsGivenUp finished attempts that no node took, since the start
 */
public record WorkerFigures(int running, int reportsWaiting, long overdue, long reportsGivenUp) {}
