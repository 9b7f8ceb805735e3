package dev.kalends.runtime;

import java.util.concurrent.locks.LockSupport;

/** Drives a node's {@link Seats} by a thread of its own until it is stopped. */
public final class SeatsThread implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SeatsThread.class.getName());

    private final Seats seats;
    private final Thread thread;
    private volatile boolean stopping;

    public SeatsThread(Seats seats) {
        this.seats = seats;
        this.thread = Thread.ofPlatform().name("seats").unstarted(this::run);
        seats.wakeWith(() -> LockSupport.unpark(thread));
    }

    public void start() {
        thread.start();
    }

    private void run() {
        while (!stopping) {
            try {
                if (!seats.doWork()) {
                    LockSupport.parkNanos(this, seats.idleNs());
                }
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "a round of seating failed, it goes on", e);
                LockSupport.parkNanos(this, 1_000_000_000L);
            }
        }
    }

    /** Stops after the round in hand; what the node leads stays as it is. */
    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
