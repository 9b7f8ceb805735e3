package dev.kalends.node;

import dev.kalends.server.NodeLog;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Tells the supervisor that started this process how it is, as {@code sd_notify(3)} has it: ready, stopping, alive.
 * Without {@code NOTIFY_SOCKET} it says nothing; a supervisor that does not listen is no reason to end.
 */
public final class ServiceNotice implements AutoCloseable {
    /** A sign of life is due this often within the time that the watchdog gives. */
    private static final int SIGNS = 3;

    private static final long NS_PER_US = 1_000;
    private static final long WATCHDOG_US_MIN = 30_000;

    private final Optional<NotifySocket> socket;
    private final long watchdogUs;
    private final NodeLog log;
    private Optional<Thread> watch = Optional.empty();
    private volatile boolean stopping;
    private boolean told;

    /**
     * A notice for the supervisor that these variables name.
     *
     * @param valueByName the environment
     */
    public ServiceNotice(Map<String, String> valueByName, NodeLog log) {
        this.socket = Optional.ofNullable(valueByName.get("NOTIFY_SOCKET"))
                .filter(address -> !address.isEmpty())
                .map(NotifySocket::new);
        this.watchdogUs = watchdogUs(valueByName);
        this.log = log;
    }

    /** Microseconds without a sign of life after which the supervisor acts; 0 when nobody watches this process. */
    private static long watchdogUs(Map<String, String> valueByName) {
        String pid = valueByName.getOrDefault("WATCHDOG_PID", "");
        boolean another = !pid.isEmpty()
                && !pid.equals(Long.toString(ProcessHandle.current().pid()));
        String text = valueByName.getOrDefault("WATCHDOG_USEC", "");
        return another || !text.matches("[0-9]{1,18}") ? 0 : Long.parseLong(text);
    }

    /** It serves; what is said is shown by {@code systemctl status}. */
    public void ready(String status) {
        send("READY=1\nSTATUS=" + status.replace('\n', ' '));
    }

    /** It ends in good order. */
    public void stopping() {
        stopping = true;
        send("STOPPING=1");
    }

    /**
     * Gives signs of life from now on, each only when nothing stands still.
     *
     * @param stuck what stands still; empty while all moves
     */
    public synchronized void watch(Supplier<Optional<String>> stuck) {
        if (socket.isEmpty() || watchdogUs < WATCHDOG_US_MIN || watch.isPresent()) {
            return;
        }
        Thread thread = Thread.ofPlatform().name("watchdog").daemon().unstarted(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                sign(stuck);
                LockSupport.parkNanos(this, watchdogUs / SIGNS * NS_PER_US);
            }
        });
        watch = Optional.of(thread);
        thread.start();
        log.info("signs of life every " + TimeUnit.MICROSECONDS.toMillis(watchdogUs / SIGNS) + " ms");
    }

    /** While it drains, what it led is given back and moves no more: that it drains is life enough. */
    private void sign(Supplier<Optional<String>> stuck) {
        Optional<String> problem = stopping ? Optional.empty() : stuck.get();
        if (problem.isPresent()) {
            log.warn("no sign of life: " + problem.get());
        } else {
            send("WATCHDOG=1");
        }
    }

    private synchronized void send(String message) {
        if (socket.isEmpty()) {
            return;
        }
        try {
            socket.get().send(message);
        } catch (IOException e) {
            if (!told) {
                told = true;
                log.warn("the supervisor does not listen: " + e.getMessage());
            }
        }
    }

    @Override
    public synchronized void close() {
        watch.ifPresent(Thread::interrupt);
    }
}
