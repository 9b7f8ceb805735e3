package dev.kalends.sim;

import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import dev.kalends.runqueue.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Where claims wait at a node: each goes round all partitions once, then waits for a ticket that says where work is. By
 * the rules of the server's desk, step by step.
 */
final class Desk {
    private static final Reply NOTHING = new Reply.Claimed(List.of());
    private static final long POLL_MS = 2;

    /** Asks a partition, wherever it is led, for work that is there. */
    interface Asked {
        CompletableFuture<Reply> claim(int partition, Command.Claim claim);
    }

    /** A claim that waits for a ticket. */
    private static final class Waiting {
        final Command.Claim claim;
        final CompletableFuture<Reply> answer = new CompletableFuture<>();

        Waiting(Command.Claim claim) {
            this.claim = claim;
        }
    }

    private final String node;
    private final int partitions;
    private final TicketPost post;
    private final Life life;
    private final Asked asked;
    private final List<Waiting> waiting = new ArrayList<>();
    private final long birth;
    private int turns;

    Desk(String node, int partitions, TicketPost post, Life life, Asked asked) {
        this.node = node;
        this.partitions = partitions;
        this.post = post;
        this.life = life;
        this.asked = asked;
        this.birth = life.birth();
        post.open(this);
    }

    String node() {
        return node;
    }

    CompletableFuture<Reply> claim(Command.Claim claim, long waitMs) {
        Waiting claimed = new Waiting(claim);
        life.after(waitMs, () -> claimed.answer.complete(NOTHING));
        goRound(claimed, turns++, post.trustedBlindly() ? partitions : 0);
        return claimed.answer;
    }

    private void goRound(Waiting claimed, int first, int asking) {
        if (claimed.answer.isDone()) {
            return;
        }
        if (asking == partitions) {
            waiting.add(claimed);
            post.handOut();
            return;
        }
        ask(claimed, (first + asking) % partitions, () -> goRound(claimed, first, asking + 1));
    }

    private void ask(Waiting claimed, int partition, Runnable whenNothing) {
        CompletableFuture<Reply> _ = asked.claim(partition, claimed.claim).whenComplete((reply, problem) -> {
            if (problem == null
                    && reply instanceof Reply.Claimed granted
                    && !granted.grants().isEmpty()) {
                claimed.answer.complete(reply);
            } else {
                life.run(birth, whenNothing);
            }
        });
    }

    /** Whether somebody waits here for such a ticket, and the node can ask for it. */
    boolean wants(Ticket ticket) {
        waiting.removeIf(claimed -> claimed.answer.isDone());
        return life.up()
                && !life.frozen()
                && life.birth() == birth
                && waiting.stream().anyMatch(claimed -> claimed.claim.queues().contains(ticket.queue()));
    }

    /** Takes a ticket; it is gone, whatever becomes of it here. */
    void take(Ticket ticket) {
        for (Waiting claimed : waiting) {
            if (claimed.claim.queues().contains(ticket.queue())) {
                waiting.remove(claimed);
                life.after(
                        POLL_MS,
                        () -> ask(claimed, ticket.partition(), () -> {
                            waiting.add(claimed);
                            post.handOut();
                        }));
                return;
            }
        }
    }
}
