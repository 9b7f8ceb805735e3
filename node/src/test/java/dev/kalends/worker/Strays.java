package dev.kalends.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Finds processes by a mark in their arguments: inside a PID namespace they do not know their number outside. */
final class Strays {
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
