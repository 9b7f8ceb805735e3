package dev.kalends.cli.chaos;

import java.util.function.UnaryOperator;

/**
 * One cell of the matrix of faults.
 *
 * @param about what is done and what must come of it, in a line
 * @param site what it needs that is not usual
 * @param load what of the load is not usual
 * @param recoversWithinMs how long a partition may not fire, or a run that was cut off not go on, after a blow; more is
 *     said, not failed
 * @param blow what is broken while the load goes on
 */
record Cell(
        String name,
        String about,
        UnaryOperator<SitePlan> site,
        UnaryOperator<LoadPlan> load,
        long recoversWithinMs,
        Blow blow) {
    /** Breaks something, once or for as long as the load goes on, and leaves everything whole. */
    @FunctionalInterface
    interface Blow {
        void strike(CellRun run) throws Exception;
    }

    static Cell of(String name, String about, long recoversWithinMs, Blow blow) {
        return new Cell(name, about, UnaryOperator.identity(), UnaryOperator.identity(), recoversWithinMs, blow);
    }

    Cell on(UnaryOperator<SitePlan> other) {
        return new Cell(name, about, other, load, recoversWithinMs, blow);
    }

    Cell under(UnaryOperator<LoadPlan> other) {
        return new Cell(name, about, site, other, recoversWithinMs, blow);
    }
}
