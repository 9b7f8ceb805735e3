package dev.kalends.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The loops of a worker, each on a virtual thread; one that fails says so. For one thread, after the start. */
final class WorkerLoops {
    private final WorkerLog log;
    private final List<Thread> threads = new ArrayList<>();

    /** What a loop does until it ends. */
    @FunctionalInterface
    interface Loop {
        void run() throws InterruptedException;
    }

    WorkerLoops(WorkerLog log) {
        this.log = log;
    }

    void start(String role, Loop body) {
        threads.add(Thread.ofVirtual().name("worker-" + role).start(() -> {
            try {
                body.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                log.broken(role, e);
                throw e;
            }
        }));
    }

    /** Waits for the end of the loop that was started first; false when it goes on. */
    boolean firstEnds(Duration patience) throws InterruptedException {
        return threads.isEmpty() || threads.getFirst().join(patience);
    }

    /** Interrupts them, and waits for a while until they have ended. */
    void end(Duration patience) throws InterruptedException {
        for (Thread thread : threads) {
            thread.interrupt();
            thread.join(patience);
        }
    }
}
