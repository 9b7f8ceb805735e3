package dev.kalends.cli.chaos;

import java.time.Duration;

/**
 * How much is to happen.
 *
 * @param prefix of the jobs' names, used once in the life of a cluster
 * @param rate fires a second
 * @param seconds for how long, a multiple of ten
 * @param recurringShare how many of the fires are those of recurring jobs
 * @param witnessedShare how many jobs call the recorder; the others do nothing, and only the records tell of them
 * @param holdMs how long the recorder holds its answer
 * @param window how late a start may be before it counts as late
 */
record LoadPlan(
        String prefix,
        double rate,
        int seconds,
        double recurringShare,
        double witnessedShare,
        long holdMs,
        Duration window) {
    static LoadPlan of(String prefix, double rate, int seconds) {
        return new LoadPlan(prefix, rate, seconds, 0.8, 0.2, 0, Duration.ofSeconds(12));
    }

    LoadPlan holding(Duration time) {
        return new LoadPlan(prefix, rate, seconds, recurringShare, witnessedShare, time.toMillis(), window);
    }

    LoadPlan within(Duration longest) {
        return new LoadPlan(prefix, rate, seconds, recurringShare, witnessedShare, holdMs, longest);
    }

    LoadPlan at(double otherRate, int otherSeconds) {
        return new LoadPlan(prefix, otherRate, otherSeconds, recurringShare, witnessedShare, holdMs, window);
    }

    LoadPlan sharing(double recurring, double witnessed) {
        return new LoadPlan(prefix, rate, seconds, recurring, witnessed, holdMs, window);
    }

    double recurringRate() {
        return rate * recurringShare;
    }
}
