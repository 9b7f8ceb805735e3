package dev.kalends.sim;

import dev.kalends.runqueue.RunQueue;
import dev.kalends.runqueue.Ticket;
import dev.kalends.runqueue.Wishes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The run queue of a cluster: tickets are lost, doubled, late and overtaken; one that is there goes to some node at
 * which a worker waits.
 */
final class TicketPost {
    private static final long AGAIN_AFTER_MS = 100;
    private static final long POLL_MS = 2;
    private static final int LOST_ONE_IN = 4;
    private static final int WAITING_MAX = 10_000;

    private final Wiring wiring;
    private final List<Ticket> waiting = new ArrayList<>();
    private final List<End> ends = new ArrayList<>();
    private final Set<Ticket> everOffered = new HashSet<>();

    TicketPost(Wiring wiring) {
        this.wiring = wiring;
    }

    /** A node's end of it, in place of that node's earlier one. */
    RunQueue forNode(String node, Lines lines, Life life) {
        End end = new End(node, lines, life);
        ends.removeIf(other -> other.node.equals(node));
        ends.add(end);
        return end;
    }

    private final class End implements RunQueue {
        private final String node;
        private final Lines lines;
        private final Life life;
        private final long birth;
        private final Wishes wishes = new Wishes();
        private final Map<Ticket, Long> offeredMs = new HashMap<>();

        End(String node, Lines lines, Life life) {
            this.node = node;
            this.lines = lines;
            this.life = life;
            this.birth = life.birth();
        }

        @Override
        public void offer(Ticket ticket) {
            long nowMs = wiring.timeline().elapsedMs();
            if (nowMs - offeredMs.getOrDefault(ticket, -AGAIN_AFTER_MS) >= AGAIN_AFTER_MS) {
                offeredMs.put(ticket, nowMs);
                publish(ticket, lines);
            }
        }

        @Override
        public CompletableFuture<Ticket> next(Set<String> queues) {
            wiring.timeline().after(POLL_MS, TicketPost.this::handOut);
            return wishes.add(queues);
        }

        /** Gives a ticket to who waits for it at this node; false when nobody does, or the node cannot fetch it. */
        boolean give(Ticket ticket) {
            return life.up() && !life.frozen() && life.birth() == birth && wishes.give(ticket);
        }

        @Override
        public void close() {}
    }

    private void publish(Ticket ticket, Lines lines) {
        if (wiring.bug() == PlantedBug.TICKET_OFFERED_ONCE && !everOffered.add(ticket)) {
            return;
        }
        Faults faults = wiring.faults();
        if (faults.now(Faults.Kind.LOST_TICKET, LOST_ONE_IN)) {
            return;
        }
        int copies = faults.now(Faults.Kind.DOUBLED_TICKET, LOST_ONE_IN) ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            boolean late = faults.now(Faults.Kind.LATE_TICKET, LOST_ONE_IN);
            wiring.timeline()
                    .after(late ? faults.measure(5_000) : 1 + wiring.random().nextInt(10), () -> {
                        if (lines.open(Lines.Line.JOURNAL, Lines.Way.OUT) && waiting.size() < WAITING_MAX) {
                            waiting.add(ticket);
                            handOut();
                        }
                    });
        }
    }

    /** Gives what is there to whoever waits. */
    private void handOut() {
        List<Ticket> tickets = List.copyOf(waiting);
        waiting.clear();
        for (Ticket ticket : tickets) {
            List<End> takers = new ArrayList<>(ends);
            Collections.shuffle(takers, wiring.random());
            if (takers.stream().noneMatch(end -> end.give(ticket))) {
                waiting.add(ticket);
            }
        }
    }
}
