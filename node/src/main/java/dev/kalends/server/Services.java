package dev.kalends.server;

import dev.kalends.journal.OutputLog;
import dev.kalends.runqueue.RunQueue;
import dev.kalends.runtime.EventRing;
import dev.kalends.runtime.Meters;

/** What the handlers work with. */
public record Services(
        Partitions partitions,
        RunQueue queue,
        EventRing events,
        Meters meters,
        OutputLog output,
        Clocks clocks,
        Pause pause) {}
