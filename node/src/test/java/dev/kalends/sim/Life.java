package dev.kalends.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The life of a node's process. What is meant for it is dropped while it is down, and waits while it is frozen; it may
 * die of what it does.
 */
final class Life {
    private final Timeline timeline;
    private final Consumer<String> died;
    private final List<Runnable> backlog = new ArrayList<>();
    private Runnable stirred = () -> {};
    private boolean up;
    private long frozenUntilMs;
    private long births;

    /**
     * A process that is not there yet.
     *
     * @param died called when it died by itself, with where
     */
    Life(Timeline timeline, Consumer<String> died) {
        this.timeline = timeline;
        this.died = died;
    }

    /** What to do when something has come from outside. */
    void whenStirred(Runnable what) {
        stirred = what;
    }

    /** Something has come from outside. */
    void stir() {
        stirred.run();
    }

    void begin() {
        up = true;
        births++;
    }

    void end() {
        up = false;
        births++;
        frozenUntilMs = 0;
        backlog.clear();
    }

    boolean up() {
        return up;
    }

    boolean frozen() {
        return timeline.elapsedMs() < frozenUntilMs;
    }

    /** Stands still for a time. */
    void freeze(long ms) {
        frozenUntilMs = Math.max(frozenUntilMs, timeline.elapsedMs() + ms);
        timeline.after(frozenUntilMs - timeline.elapsedMs(), this::thaw);
    }

    private void thaw() {
        if (up && !frozen()) {
            List<Runnable> missed = List.copyOf(backlog);
            backlog.clear();
            missed.forEach(Runnable::run);
        }
    }

    /** Names the process that runs now; a later one has another number. */
    long birth() {
        return births;
    }

    /** Has the process do something now; later, if it is frozen. */
    void run(Runnable what) {
        run(births, what);
    }

    /** The same, for one process only, not for a later one. */
    void run(long birth, Runnable what) {
        if (!up || birth != births) {
            return;
        }
        if (frozen()) {
            backlog.add(() -> run(birth, what));
            return;
        }
        try {
            what.run();
        } catch (NodeCrash e) {
            died.accept(String.valueOf(e.getMessage()));
        }
    }

    /** Has this process, not a later one, do something. */
    void after(long ms, Runnable what) {
        long mine = births;
        timeline.after(ms, () -> run(mine, what));
    }
}
