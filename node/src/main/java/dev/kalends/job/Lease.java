package dev.kalends.job;

/**
 * The right of one worker to execute one attempt, until it expires.
 *
 * @param token the fencing token: rises with every lease of a partition, never reused
 * @param worker the worker's id
 * @param grantedMs wall clock of the grant, for people; expiry is measured on the leader's monotonic clock
 */
public record Lease(long token, String worker, long grantedMs) {}
