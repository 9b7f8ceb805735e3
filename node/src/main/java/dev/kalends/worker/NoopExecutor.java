package dev.kalends.worker;

/** Succeeds at once. */
final class NoopExecutor implements Executor {
    @Override
    public Outcome execute(Execution execution) {
        return Outcome.SUCCEEDED;
    }
}
