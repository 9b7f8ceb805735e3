package dev.kalends.runtime;

import dev.kalends.journal.Journal;
import dev.kalends.journal.Store;
import dev.kalends.lease.Coordination;
import dev.kalends.runqueue.RunQueue;
import dev.kalends.time.MonotonicClock;
import dev.kalends.time.WallClock;

/** What a partition's loop is made of; put together by the node, or by a test. */
public record LoopParts(
        int partition,
        LoopSettings settings,
        WallClock wall,
        MonotonicClock monotonic,
        Journal journal,
        Store store,
        RunQueue queue,
        Coordination coordination,
        Meters meters,
        EventRing events) {}
