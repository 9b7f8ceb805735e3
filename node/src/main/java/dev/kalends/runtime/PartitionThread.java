package dev.kalends.runtime;

/** Drives a partition's loop by a thread of its own until it is stopped. */
public final class PartitionThread implements AutoCloseable {
    private final PartitionLoop loop;
    private final Thread thread;
    private volatile boolean stopping;

    public PartitionThread(PartitionLoop loop) {
        this.loop = loop;
        this.thread = Thread.ofPlatform().name("partition-" + loop.partition()).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        while (!stopping) {
            if (!loop.doWork()) {
                loop.sleep();
            }
        }
        loop.close();
    }

    /** Stops after the batch in hand, and waits for it; an interrupt ends the wait, not the stopping. */
    @Override
    public void close() {
        stopping = true;
        loop.wake();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
