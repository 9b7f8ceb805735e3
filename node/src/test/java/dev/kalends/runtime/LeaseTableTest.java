package dev.kalends.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.LeaseId;
import dev.kalends.job.RunId;
import dev.kalends.testing.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a leader doubts, and for how long it remembers that. */
final class LeaseTableTest {
    private static final long TTL_MS = 15_000;
    private static final long TTL_NS = TTL_MS * 1_000_000;

    private final LeaseTable table = new LeaseTable(0, TTL_MS);

    private LeaseId found(long token) {
        LeaseId id = new LeaseId(RunId.scheduled(Samples.repeating(token), Samples.T0), token);
        table.found(id, "w1", Samples.T0, TTL_NS);
        return id;
    }

    @Test
    void nothingIsRememberedOfAWorkerWhoseLeasesHaveEnded() {
        found(1);
        found(2);
        table.end(1);
        assertTrue(table.doubts("w1"));
        table.end(2);
        assertFalse(table.doubts("w1"), "it may never claim again");
    }

    @Test
    void aWorkerIsAskedABoundedNumberAtATime() {
        List<LeaseId> all = List.of(found(1), found(2), found(3));
        assertEquals(all.subList(0, 2), table.takeDoubted("w1", 2));
        assertEquals(all.subList(2, 3), table.takeDoubted("w1", 2));
        assertFalse(table.doubts("w1"));
    }

    @Test
    void aDoubtedLeaseStillEndsInTime() {
        found(1);
        assertEquals(List.of(), table.expired(TTL_NS - 1_000_000, 10));
        assertEquals(1, table.expired(TTL_NS, 10).size());
    }
}
