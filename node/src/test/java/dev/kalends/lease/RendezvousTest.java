package dev.kalends.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RendezvousTest {
    private static final List<String> THREE = List.of("n1", "n2", "n3");

    private static String best(int partition, List<String> ids) {
        return Rendezvous.ranked(partition, ids).getFirst();
    }

    @Test
    void theOrderInWhichMembersAreKnownDoesNotMatter() {
        for (int partition = 0; partition < 64; partition++) {
            assertEquals(Rendezvous.ranked(partition, THREE), Rendezvous.ranked(partition, List.of("n3", "n1", "n2")));
        }
    }

    /** All versions of all nodes must agree on this. */
    @Test
    void theRankingIsTheSameForEver() {
        assertEquals(
                GOLDEN,
                IntStream.range(0, 8)
                        .mapToObj(partition -> best(partition, THREE))
                        .toList());
    }

    private static final List<String> GOLDEN = List.of("n1", "n3", "n1", "n2", "n2", "n1", "n2", "n1");

    @Test
    void whoLeavesMovesOnlyItsOwnPartitions() {
        for (int partition = 0; partition < 256; partition++) {
            String before = best(partition, THREE);
            String after = best(partition, List.of("n1", "n3"));
            assertTrue(before.equals("n2") || before.equals(after), "partition=" + partition);
        }
    }

    @Test
    void eachLeadsAboutItsShare() {
        for (String id : THREE) {
            long led = IntStream.range(0, 900)
                    .filter(partition -> best(partition, THREE).equals(id))
                    .count();
            assertTrue(led > 240 && led < 360, id + "=" + led);
        }
    }

    /** Eight partitions by chance alone: n1 would lead four of three nodes' and n4 none of four's. */
    @Test
    void nobodyIsFirstForMoreThanItsShare() {
        List<String> four = List.of("n1", "n2", "n3", "n4");
        for (List<String> ids : List.of(THREE, four, List.of("n1"))) {
            List<List<String>> orders = Rendezvous.spread(Collections.nCopies(8, ids));
            for (String id : ids) {
                long led = orders.stream()
                        .filter(order -> order.getFirst().equals(id))
                        .count();
                assertTrue(led >= 8 / ids.size() && led <= Math.ceilDiv(8, ids.size()), id + "=" + led);
            }
            orders.forEach(order -> assertEquals(Set.copyOf(ids), Set.copyOf(order), "all are in the order, once"));
        }
    }

    @Test
    void aShareIsPassedOnOnlyToWhoIsFit() {
        List<List<String>> fit = List.of(List.of("n1"), List.of("n1"), List.of("n1", "n2"), List.of());
        List<List<String>> orders = Rendezvous.spread(fit);
        assertEquals(List.of("n1"), orders.get(0));
        assertEquals(List.of("n1"), orders.get(1), "beyond its share, since nobody else is fit");
        assertEquals("n2", orders.get(2).getFirst());
        assertEquals(List.of(), orders.get(3));
    }

    @Test
    void aNewcomerTakesOnlyForItself() {
        List<String> four = Stream.concat(THREE.stream(), Stream.of("n4")).toList();
        for (int partition = 0; partition < 256; partition++) {
            String after = best(partition, four);
            assertTrue(after.equals("n4") || after.equals(best(partition, THREE)), "partition=" + partition);
        }
    }
}
