package dev.kalends.rehearsal;

/**
 * First starts of runs.
 *
 * @param firstMs when the first one started; -1 for none
 * @param lastMs when the last one started; -1 for none
 * @param worstLateMs the longest time from due to started
 */
public record Starts(long count, long firstMs, long lastMs, long worstLateMs) {
    /** None yet. */
    public static final Starts NONE = new Starts(0, -1, -1, 0);

    Starts and(long startedMs, long dueMs) {
        return new Starts(
                count + 1, count == 0 ? startedMs : firstMs, startedMs, Math.max(worstLateMs, startedMs - dueMs));
    }

    Starts and(Starts other) {
        if (count == 0 || other.count == 0) {
            return count == 0 ? other : this;
        }
        return new Starts(
                count + other.count,
                Math.min(firstMs, other.firstMs),
                Math.max(lastMs, other.lastMs),
                Math.max(worstLateMs, other.worstLateMs));
    }
}
