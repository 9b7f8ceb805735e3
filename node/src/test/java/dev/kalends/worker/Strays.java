package dev.kalends.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.time.MonotonicClock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Finds processes by a mark in their arguments: inside a PID namespace they do not know their number outside. */
final class Strays {
    private static final long BIRTH_MAX_MS = 5_000;
    private static final long DEATH_MAX_MS = 5_000;

    private Strays() {}

    static List<ProcessHandle> marked(String mark) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .map(arguments -> List.of(arguments).contains(mark))
                        .orElse(false))
                .toList();
    }

    /** Waits until so many carry the mark: a process has its arguments a moment after it was made. */
    static void awaitCount(String mark, int processes) {
        MonotonicClock clock = MonotonicClock.system();
        long startedNs = clock.nowNs();
        while (marked(mark).size() != processes
                && clock.nowNs() - startedNs < TimeUnit.MILLISECONDS.toNanos(BIRTH_MAX_MS)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        assertEquals(processes, marked(mark).size());
    }

    /** Waits for the death of all that carry the mark. */
    static void awaitNone(String mark) throws InterruptedException {
        CompletableFuture<?>[] deaths =
                marked(mark).stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(deaths).get(DEATH_MAX_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            assertEquals(List.of(), marked(mark), "processes outlived their worker");
        }
        assertEquals(List.of(), marked(mark), "processes outlived their worker");
    }
}
