package dev.kalends.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.partition.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** One heartbeat is for leases of several partitions, and its answer holds for all of them. */
final class RenewalsTest {
    @Test
    void theLeasesLastAsLongAsThoseOfTheLeaderThatWasConfirmedLongestAgo() throws InterruptedException {
        Renewals renewals = new Renewals();
        renewals.add(List.of(), CompletableFuture.completedFuture(new Reply.Renewed(List.of(), List.of(), 400)));
        renewals.add(List.of(), CompletableFuture.completedFuture(new Reply.Renewed(List.of(), List.of(), 1_700)));
        renewals.add(List.of(), CompletableFuture.completedFuture(new Reply.Renewed(List.of(), List.of())));
        assertEquals(13_300, renewals.answer(15_000).ttlMs());
    }
}
