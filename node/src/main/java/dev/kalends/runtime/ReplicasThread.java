package dev.kalends.runtime;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Drives a node's {@link Replicas} by a thread of its own until it is stopped. */
public final class ReplicasThread implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ReplicasThread.class.getName());
    private static final long EVERY_NS = TimeUnit.SECONDS.toNanos(1);

    private final Replicas replicas;
    private final Thread thread;
    private volatile boolean stopping;

    public ReplicasThread(Replicas replicas) {
        this.replicas = replicas;
        this.thread = Thread.ofPlatform().name("replicas").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        while (!stopping) {
            try {
                replicas.round();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "a replica could not be begun or ended, it is tried again", e);
            }
            LockSupport.parkNanos(this, EVERY_NS);
        }
    }

    /** Stops after the round in hand; what the node holds stays as it is. */
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
