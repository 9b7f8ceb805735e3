package dev.kalends.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.partition.Command;
import dev.kalends.testing.Patience;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class InboxTest {
    private static final long LONG_NS = TimeUnit.MINUTES.toNanos(5);
    private static final long SOON_MS = 20_000;

    private final Inbox inbox = new Inbox();

    private void put() {
        Command claim = new Command.Claim("w", List.of("default"), 1);
        assertTrue(inbox.offer(new Inbox.Item(claim, new CompletableFuture<>(), 0)));
    }

    private static Thread started(Runnable body) {
        return Thread.ofPlatform().daemon().start(body);
    }

    private static void awaitAsleep(Thread thread) {
        Patience.await(SOON_MS, () -> thread.getState() == Thread.State.TIMED_WAITING);
    }

    @Test
    void whatIsPutEndsASleep() throws InterruptedException {
        Thread sleeper = started(() -> inbox.sleep(LONG_NS));
        awaitAsleep(sleeper);
        put();
        assertTrue(sleeper.join(Duration.ofMillis(SOON_MS)));
        inbox.sleep(LONG_NS);
        assertEquals(1, inbox.size(), "nobody sleeps while something waits");
    }

    @Test
    void whatIsPutDoesNotEndARestUntilItIsAFullBatch() throws InterruptedException {
        put();
        Thread resting = started(() -> inbox.rest(LONG_NS, () -> false));
        awaitAsleep(resting);
        for (int i = 0; i < Inbox.RESTS_UP_TO - 2; i++) {
            put();
        }
        assertFalse(resting.join(Duration.ofMillis(50)), "who waits for a commit burns no processor");
        put();
        assertTrue(resting.join(Duration.ofMillis(SOON_MS)));
    }

    @Test
    void aRestIsEndedByWhoeverWakesAndNotBegunWhenItIsOver() throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        Thread resting = started(() -> inbox.rest(LONG_NS, over::get));
        awaitAsleep(resting);
        over.set(true);
        inbox.wake();
        assertTrue(resting.join(Duration.ofMillis(SOON_MS)));
        inbox.rest(LONG_NS, over::get);
    }
}
