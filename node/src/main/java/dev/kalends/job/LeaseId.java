package dev.kalends.job;

/** Names a lease: a run is granted again and again, each time with a higher token. */
public record LeaseId(RunId run, long token) {}
