package dev.kalends.runtime;

import dev.kalends.journal.Journal;
import dev.kalends.time.MonotonicClock;

/** The rest that a loop takes after a write, if its journal asks for one. Owned by the partition's thread. */
final class Rest {
    private final Journal journal;
    private final MonotonicClock clock;
    private long sentNs;
    private long untilNs;

    Rest(Journal journal, MonotonicClock clock) {
        this.journal = journal;
        this.clock = clock;
        this.untilNs = clock.nowNs();
    }

    /** A batch is sent. */
    void sent() {
        sentNs = clock.nowNs();
    }

    /** It is committed: the rest begins. */
    void begin() {
        long nowNs = clock.nowNs();
        untilNs = nowNs + journal.restNs(nowNs - sentNs);
    }

    /** What is left of it; 0 or less when it is over, or when as much waits as goes into a batch. */
    long leftNs(Inbox inbox) {
        return inbox.size() < Inbox.RESTS_UP_TO ? untilNs - clock.nowNs() : 0;
    }
}
