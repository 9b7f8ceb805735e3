package dev.kalends.sim;

import dev.kalends.claim.ClaimDesk;
import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import java.util.concurrent.CompletableFuture;

/** A node as whoever sends it requests sees it. No answer ever comes from one that is down. */
interface Door {
    /** The way to it and back. */
    Network.Trip trip(long timeoutMs);

    CompletableFuture<Reply> ask(int partition, Command command);

    /** Work of any partition; held back while there is none. */
    CompletableFuture<ClaimDesk.Got> claim(Command.Claim claim, long waitMs);
}
