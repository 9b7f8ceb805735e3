package dev.kalends.worker;

import java.util.ArrayList;
import java.util.List;

/** Tells an execution to stop; it can only grow more urgent. Thread-safe. */
final class StopSignal {
    private final List<Runnable> listeners = new ArrayList<>();
    private Reason reason = Reason.NONE;

    /** Why, in rising urgency. */
    enum Reason {
        NONE,
        /** A user cancelled it: politely, then by force. */
        CANCELLED,
        /** The worker is going away: politely, then by force. */
        DRAINED,
        /** The lease is gone: at once. */
        LOST
    }

    synchronized Reason reason() {
        return reason;
    }

    /** Raises the signal, unless it already says something as urgent. */
    void raise(Reason next) {
        List<Runnable> told;
        synchronized (this) {
            if (next.compareTo(reason) <= 0) {
                return;
            }
            reason = next;
            told = List.copyOf(listeners);
        }
        told.forEach(Runnable::run);
    }

    /** Calls back at every rise, and at once if it is already raised. */
    void onRaise(Runnable listener) {
        boolean raised;
        synchronized (this) {
            listeners.add(listener);
            raised = reason != Reason.NONE;
        }
        if (raised) {
            listener.run();
        }
    }
}
