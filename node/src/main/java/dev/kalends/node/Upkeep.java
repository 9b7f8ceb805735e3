package dev.kalends.node;

import dev.kalends.journal.OutputLog;
import dev.kalends.server.Figures;
import dev.kalends.server.NodeLog;
import dev.kalends.time.MonotonicClock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What a node does now and then on a thread of its own: figures, the comparison of schedules and ledger, old output,
 * and a look at whether all partitions can go on.
 */
final class Upkeep implements AutoCloseable {
    /** Output tails that are kept, in bytes; the oldest go first. */
    static final long OUTPUT_BYTES_MAX = 256L * 1024 * 1024;

    private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long PASS_EVERY_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long PRUNE_EVERY_NS = TimeUnit.MINUTES.toNanos(1);
    /** A pass over all jobs takes at most this part of the time. */
    private static final int PASS_SHARE = 20;

    private final Figures figures;
    private final OutputLog output;
    private final NodeLog log;
    private final MonotonicClock clock;
    private final Runnable watch;
    private final Thread thread;
    private volatile boolean stopping;
    private long passBeganNs;
    private long nextPassNs;
    private long nextPruneNs;

    /** Also looks, with each tick, at what the node wants looked at. */
    Upkeep(Figures figures, OutputLog output, NodeLog log, MonotonicClock clock, Runnable watch) {
        this.figures = figures;
        this.output = output;
        this.log = log;
        this.clock = clock;
        this.watch = watch;
        this.passBeganNs = clock.nowNs();
        this.nextPassNs = passBeganNs;
        this.nextPruneNs = passBeganNs + PRUNE_EVERY_NS;
        this.thread = Thread.ofPlatform().name("upkeep").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (!stopping) {
            try {
                tick();
            } catch (RuntimeException e) {
                log.error("upkeep failed, it goes on", e);
            }
            LockSupport.parkNanos(TICK_NS);
        }
    }

    private void tick() {
        watch.run();
        figures.drain();
        long nowNs = clock.nowNs();
        if (nowNs - nextPassNs >= 0) {
            // A step at a time while a pass is under way; the next pass waits.
            if (figures.audit()) {
                long tookNs = clock.nowNs() - passBeganNs;
                nextPassNs = passBeganNs + Math.max(PASS_EVERY_NS, tookNs * PASS_SHARE);
                passBeganNs = nextPassNs;
            }
        } else {
            passBeganNs = nextPassNs;
        }
        if (nowNs - nextPruneNs >= 0) {
            output.prune(OUTPUT_BYTES_MAX);
            nextPruneNs = nowNs + PRUNE_EVERY_NS;
        }
    }

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
