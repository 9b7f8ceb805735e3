package dev.kalends.server;

/**
 * What a node says of itself.
 *
 * @param name the node's id
 * @param mode embedded or cluster
 * @param tickMs what the wheel can resolve
 * @param loadEveryMs how often the far tier is looked at
 * @param runTtlMs length of a run's lease
 * @param tellsAlerts whether it has a webhook for alerts
 */
public record NodeFacts(
        String name, String version, String mode, long tickMs, long loadEveryMs, long runTtlMs, boolean tellsAlerts) {}
