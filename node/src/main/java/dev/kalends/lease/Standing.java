package dev.kalends.lease;

import dev.kalends.lease.Coordination.Member;

/**
 * A member as others see it.
 *
 * @param tenure names one unbroken membership: another number means that the member was away in between
 */
public record Standing(Member member, long tenure, Fitness fitness) {}
