package dev.kalends.cli.oncall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.ReplicaPage;
import dev.kalends.api.ReplicaView;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the doctor says of the replicas of a cluster. */
final class ReplicaCheckTest {
    private static Check check(ReplicaView... views) {
        return ReplicaCheck.of(new ReplicaPage("2026-03-07T12:00:00.000Z", 3, List.of(views)));
    }

    private static ReplicaView view(int partition, String verdict, String detail) {
        return new ReplicaView(partition, verdict, detail, List.of());
    }

    @Test
    void theWorstCounts() {
        ReplicaView same = view(0, "same", "3 at position 9");
        ReplicaView large = view(1, "not_compared", "3000000 jobs");
        ReplicaView behind = view(2, "behind", "n3 by 12");
        ReplicaView silent = view(3, "silent", "n2");
        ReplicaView differs = view(4, "differs", "n1 and n3 at position 77");
        assertEquals(Check.Verdict.OK, check(same, large).verdict());
        assertEquals(
                "1 of 2 partitions are the same on 3 nodes; not compared: partition 1 (3000000 jobs)",
                check(same, large).found());
        assertEquals(Check.Verdict.WARN, check(same, behind, silent).verdict());
        assertEquals(
                "behind: partition 2 (n3 by 12)", check(same, behind, silent).found());
        assertEquals(Check.Verdict.WARN, check(same, silent).verdict());
        Check fail = check(same, behind, differs);
        assertEquals(Check.Verdict.FAIL, fail.verdict());
        assertEquals("nodes hold different things: partition 4 (n1 and n3 at position 77)", fail.found());
        assertTrue(fail.advice().contains("take its data directory away"), fail.advice());
    }
}
