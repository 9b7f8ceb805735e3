package dev.kalends.server;

import dev.kalends.partition.Command;
import dev.kalends.partition.Deed;
import dev.kalends.runtime.PartitionHandle;
import java.util.HashMap;
import java.util.Map;

/**
 * Puts on record which partitions this node begins to lead: each term once, in the partition that it leads. Driven by
 * one thread, a look now and then.
 */
public final class TermNotes {
    private final Fleet fleet;
    private final Clocks clocks;
    private final Map<Integer, Long> epochByPartition = new HashMap<>();

    public TermNotes(Fleet fleet, Clocks clocks) {
        this.fleet = fleet;
        this.clocks = clocks;
    }

    /** Looks, and notes what is new; waits for nothing. */
    public void look() {
        for (PartitionHandle replica : fleet.replicas()) {
            PartitionHandle.Status status = replica.status();
            int partition = replica.partition();
            Long known = epochByPartition.get(partition);
            if (status.leading() && (known == null || known != status.epoch())) {
                epochByPartition.put(partition, status.epoch());
                Deed deed = new Deed(
                        clocks.nowMs(),
                        "node " + fleet.self(),
                        "lead",
                        "partition " + partition,
                        Deed.EVERY,
                        "epoch " + status.epoch());
                String id = deed.id(fleet.self() + "-" + partition + "-" + status.epoch());
                // Best effort: if the term ends before it is written, the next one is noted.
                var _ = replica.ask(new Command.Note(id, deed));
            }
        }
    }
}
