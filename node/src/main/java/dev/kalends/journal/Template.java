package dev.kalends.journal;

import dev.kalends.job.Policy;

/** The part of a spec that many jobs share, so that a store keeps it once: the tenant and the policy. */
public record Template(String tenant, Policy policy) {}
