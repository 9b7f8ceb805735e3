package dev.kalends.worker;

import dev.kalends.api.ApiException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a worker says on the log: once when its node goes away, once when it is back. */
final class WorkerLog {
    private static final Logger LOG = System.getLogger("dev.kalends.worker");

    private final AtomicBoolean away = new AtomicBoolean();

    void refused(ApiException e) {
        if (away.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    () -> "the node does not take the worker's call; "
                            + e.code().word() + ": " + e.message()
                            + e.hint().map(hint -> "; " + hint).orElse(""));
        }
    }

    void claimed() {
        if (away.compareAndSet(true, false)) {
            LOG.log(Level.INFO, "the node answers the worker again");
        }
    }

    void broken(String role, RuntimeException e) {
        LOG.log(Level.ERROR, "the worker broke; role=" + role, e);
    }
}
