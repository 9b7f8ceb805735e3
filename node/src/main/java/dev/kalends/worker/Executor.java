package dev.kalends.worker;

/** Executes attempts of one kind. Blocks until the end, on a thread of the execution's own. */
@FunctionalInterface
interface Executor {
    Outcome execute(Execution execution) throws InterruptedException;
}
