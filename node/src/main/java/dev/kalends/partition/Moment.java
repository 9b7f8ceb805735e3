package dev.kalends.partition;

/**
 * When and where a command is decided.
 *
 * @param nowMs the leader's wall clock
 * @param servingSinceMs fires that were due before this came due while nobody could fire: misfires
 * @param partition this partition's number
 */
public record Moment(long nowMs, long servingSinceMs, int partition) {
    /** When the clock went back, nobody has served since a later instant: nothing still to come is a misfire. */
    public Moment {
        servingSinceMs = Math.min(servingSinceMs, nowMs);
    }
}
