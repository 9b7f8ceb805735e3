package dev.kalends.sim;

import dev.kalends.runqueue.RunQueue;
import dev.kalends.runqueue.Ticket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The run queue of a cluster: tickets are lost, doubled, late and overtaken; one that is there goes to some node at
 * which a worker waits.
 */
final class TicketPost {
    private static final long AGAIN_AFTER_MS = 100;
    private static final int LOST_ONE_IN = 4;
    private static final int WAITING_MAX = 10_000;

    private final Wiring wiring;
    private final List<Ticket> waiting = new ArrayList<>();
    private final List<Desk> desks = new ArrayList<>();
    private final Set<Ticket> everOffered = new HashSet<>();

    TicketPost(Wiring wiring) {
        this.wiring = wiring;
    }

    /** A node's desk takes part from now on, in place of its earlier one. */
    void open(Desk desk) {
        desks.removeIf(other -> other.node().equals(desk.node()));
        desks.add(desk);
    }

    /** A node's end of it. */
    RunQueue forNode(Lines lines) {
        Map<Ticket, Long> offeredMs = new HashMap<>();
        return new RunQueue() {
            @Override
            public void offer(Ticket ticket) {
                long nowMs = wiring.timeline().elapsedMs();
                if (nowMs - offeredMs.getOrDefault(ticket, -AGAIN_AFTER_MS) >= AGAIN_AFTER_MS) {
                    offeredMs.put(ticket, nowMs);
                    publish(ticket, lines);
                }
            }

            @Override
            public Optional<Ticket> take(Set<String> queues, long waitMs) {
                return Optional.empty();
            }

            @Override
            public void close() {}
        };
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
    void handOut() {
        List<Ticket> left = new ArrayList<>();
        for (Ticket ticket : waiting) {
            List<Desk> takers =
                    desks.stream().filter(desk -> desk.wants(ticket)).toList();
            if (takers.isEmpty()) {
                left.add(ticket);
            } else {
                takers.get(wiring.random().nextInt(takers.size())).take(ticket);
            }
        }
        waiting.clear();
        waiting.addAll(left);
    }
}
