package dev.kalends.lease;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that keeps one membership alive, and does nothing else: whatever else may block has other threads.
 *
 * <p>Why not the services' own keep-alive: it counts from the receipt of an answer, on the wall clock, and does not
 * start again after a stream that was closed in good order.
 */
final class KeepAlive {
    private final LeasedCoordination coordination;
    private final CoordinationTerms terms;
    private final Thread thread;
    private volatile boolean ended;

    KeepAlive(LeasedCoordination coordination, CoordinationTerms terms) {
        this.coordination = coordination;
        this.terms = terms;
        this.thread = Thread.ofPlatform().name("kalends-keep-alive").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Ends the thread; a request of it that is on its way may still be answered, to nobody. */
    void end() {
        ended = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!ended) {
            long pauseMs = switch (coordination.keepAlive()) {
                case HELD -> terms.renewMs();
                case UNREACHABLE -> terms.retryMs();
                case LOST -> 0;
                case NO_MEMBER -> terms.renewMs();
            };
            if (pauseMs > 0 && !ended) {
                LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(pauseMs));
            }
        }
    }
}
