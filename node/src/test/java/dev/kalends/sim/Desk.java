package dev.kalends.sim;

import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import dev.kalends.runqueue.Ticket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Where claims wait at a node: each asks where there was plenty a moment ago, then waits for a ticket that says where
 * work is. By the rules of the server's desk, step by step.
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
    private final TicketPost post;
    private final Life life;
    private final Asked asked;
    private final List<Waiting> waiting = new ArrayList<>();
    /** Partitions that met a claim in full, by its queues. */
    private final Set<Plenty> plenty = new LinkedHashSet<>();

    private final long birth;

    private record Plenty(int partition, List<String> queues) {}

    Desk(String node, TicketPost post, Life life, Asked asked) {
        this.node = node;
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
        Deque<Integer> known = new ArrayDeque<>();
        plenty.stream()
                .filter(there -> there.queues().equals(claim.queues()))
                .forEach(there -> known.add(there.partition()));
        askWhereThereWasPlenty(claimed, known);
        return claimed.answer;
    }

    private void askWhereThereWasPlenty(Waiting claimed, Deque<Integer> known) {
        if (claimed.answer.isDone()) {
            return;
        }
        if (known.isEmpty()) {
            waiting.add(claimed);
            post.handOut();
            return;
        }
        ask(claimed, known.removeFirst(), () -> askWhereThereWasPlenty(claimed, known));
    }

    private void ask(Waiting claimed, int partition, Runnable whenNothing) {
        CompletableFuture<Reply> _ = asked.claim(partition, claimed.claim).whenComplete((reply, problem) -> {
            int granted = problem == null && reply instanceof Reply.Claimed claims
                    ? claims.grants().size()
                    : 0;
            Plenty there = new Plenty(partition, claimed.claim.queues());
            if (granted == claimed.claim.free()) {
                plenty.add(there);
            } else {
                plenty.remove(there);
            }
            if (granted > 0) {
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
