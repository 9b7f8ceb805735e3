package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.RenewAnswer;
import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What became of the leases of one heartbeat, gathered over partitions. A partition without a leader takes nothing from
 * the leases in the others: its own are said to be unanswered.
 */
final class Renewals {
    private final List<String> lost = new ArrayList<>();
    private final List<String> cancel = new ArrayList<>();
    private final List<String> unanswered = new ArrayList<>();
    private final Set<String> notRenewed = new HashSet<>();
    private long agoMs;

    /** Waits for one partition's answer. */
    void add(List<Command.Held> held, CompletableFuture<Reply> answer) throws InterruptedException {
        try {
            Reply.Renewed renewed = (Reply.Renewed) Partitions.settled(answer);
            agoMs = Math.max(agoMs, renewed.agoMs());
            renewed.lost().forEach(run -> lost.add(run.toString()));
            renewed.cancel().forEach(run -> cancel.add(run.toString()));
            notRenewed.addAll(lost);
        } catch (ApiException e) {
            if (e.code() != ErrorCode.UNAVAILABLE) {
                throw e;
            }
            held.forEach(lease -> unanswered.add(lease.run().toString()));
            notRenewed.addAll(unanswered);
        }
    }

    boolean renewed(String run) {
        return !notRenewed.contains(run);
    }

    /** The heartbeat's answer, of leases that last so long from when they count. */
    RenewAnswer answer(long ttlMs) {
        return new RenewAnswer(lost, cancel, Math.max(0, ttlMs - agoMs), unanswered.isEmpty() ? null : unanswered);
    }
}
