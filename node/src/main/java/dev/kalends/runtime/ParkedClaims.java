package dev.kalends.runtime;

import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Claims that wait for work, in the order in which they came. Owned by the partition's thread. */
final class ParkedClaims {
    /** Claims that may be parked; further ones are answered at once. */
    static final int MAX = 10_000;

    /**
     * A claim that waits.
     *
     * @param sinceNs when it came
     */
    record Parked(Command.Claim claim, CompletableFuture<Reply> answer, long sinceNs, long deadlineNs) {}

    private final ArrayDeque<Parked> parked = new ArrayDeque<>();
    private long earliestNs = Long.MAX_VALUE;

    void add(Parked claim) {
        if (parked.size() >= MAX) {
            claim.answer().complete(Reply.Claimed.NOTHING);
            return;
        }
        parked.addLast(claim);
        earliestNs = parked.size() == 1 ? claim.deadlineNs() : Math.min(earliestNs, claim.deadlineNs());
    }

    /** Answers those of a worker, which wants no more. */
    void leave(String worker) {
        parked.removeIf(claim -> claim.claim().worker().equals(worker)
                && (claim.answer().complete(Reply.Claimed.NOTHING)
                        || claim.answer().isDone()));
    }

    /** Offers each claim, in order, to someone who may serve it; a served one leaves. */
    void serve(Predicate<Parked> server) {
        parked.removeIf(claim -> claim.answer().isDone() || server.test(claim));
    }

    /** Answers those whose wait is over. */
    void expire(long nowNs) {
        if (parked.isEmpty() || nowNs - earliestNs < 0) {
            return;
        }
        earliestNs = Long.MAX_VALUE;
        boolean first = true;
        for (Iterator<Parked> claims = parked.iterator(); claims.hasNext(); ) {
            Parked claim = claims.next();
            if (nowNs - claim.deadlineNs() >= 0) {
                claims.remove();
                claim.answer().complete(Reply.Claimed.NOTHING);
            } else {
                earliestNs = first ? claim.deadlineNs() : Math.min(earliestNs, claim.deadlineNs());
                first = false;
            }
        }
    }

    /** How long until one must be answered, {@link Long#MAX_VALUE} for never. */
    long idleNs(long nowNs) {
        return parked.isEmpty() ? Long.MAX_VALUE : Math.max(0, earliestNs - nowNs);
    }

    boolean isEmpty() {
        return parked.isEmpty();
    }

    int size() {
        return parked.size();
    }

    /** Answers all: certainly nothing was granted to them, so they may be put to whoever leads next at once. */
    void answerAll() {
        parked.forEach(claim -> claim.answer().complete(Reply.Claimed.NOTHING));
        parked.clear();
    }
}
