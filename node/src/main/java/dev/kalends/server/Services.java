package dev.kalends.server;

import dev.kalends.journal.OutputLog;
import dev.kalends.runqueue.RunQueue;
import dev.kalends.runtime.EventRing;
import dev.kalends.runtime.Meters;
import dev.kalends.runtime.PartitionHandle;
import dev.kalends.schedule.InstantText;

/** What the handlers work with. */
public record Services(
        Partitions partitions,
        RunQueue queue,
        EventRing events,
        Meters meters,
        OutputLog output,
        Clocks clocks,
        Pause pause) {
    /** Of when lists are: now where all partitions are led here, else when the replicas had last caught up. */
    String asOf() {
        long oldestMs = clocks.nowMs();
        for (PartitionHandle handle : partitions.all()) {
            oldestMs = Math.min(oldestMs, handle.asOfMs());
        }
        return InstantText.format(oldestMs);
    }
}
