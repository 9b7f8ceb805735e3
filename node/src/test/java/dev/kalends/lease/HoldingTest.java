package dev.kalends.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.lease.Coordination.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class HoldingTest {
    private static final SeatingTerms TERMS = SeatingTerms.DEFAULT;
    private static final int PARTITIONS = 16;
    private static final int CATCH_UP_S = 3;

    private final House house = new House(new Standby(1));

    private static List<String> ids(int count) {
        return IntStream.range(0, count).mapToObj(i -> "n" + i).toList();
    }

    /** Members that decide for themselves, a second at a time; a replica is fit when it has been held for a while. */
    private static final class House {
        private final Standby standby;
        private final Map<String, Node> nodeById = new TreeMap<>();
        private final Map<Integer, String> ownerByPartition = new HashMap<>();
        private int nowS;
        private int begun;

        House(Standby standby) {
            this.standby = standby;
        }

        /** One member. */
        private final class Node {
            private final long tenure = nowS + 1L;
            private final Holding holding;
            private final Seating seating;
            private final Map<Integer, Integer> heldSinceS;
            private Set<Integer> unfit = Set.of();
            private Fitness declared = Fitness.none("starting");

            Node(String id, Map<Integer, Integer> held) {
                holding = new Holding(id, PARTITIONS, standby, TERMS);
                seating = new Seating(id, PARTITIONS, TERMS);
                heldSinceS = held;
            }

            Fitness fitness() {
                Set<Integer> notFor = new HashSet<>(unfit);
                for (int p = 0; p < PARTITIONS; p++) {
                    if (nowS - heldSinceS.getOrDefault(p, nowS) < CATCH_UP_S) {
                        notFor.add(p);
                    }
                }
                return Fitness.allBut(notFor);
            }

            void round(String id) {
                declared = seating.fitness(fitness(), nowNs());
                for (Move move : seating.decide(seen(), declared, nowNs())) {
                    switch (move) {
                        case Move.Take take -> ownerByPartition.putIfAbsent(take.partition(), id);
                        case Move.GiveBack back -> ownerByPartition.remove(back.partition(), id);
                    }
                }
                Holding.Plan plan = holding.decide(seen(), heldSinceS.keySet(), nowNs());
                for (int partition : plan.end()) {
                    assertTrue(!id.equals(ownerByPartition.get(partition)), "a leader let go; partition=" + partition);
                    heldSinceS.remove(partition);
                }
                plan.begin().forEach(partition -> heldSinceS.put(partition, nowS));
                begun += plan.begin().size();
                unfit = plan.unfit();
            }
        }

        long nowNs() {
            return TimeUnit.SECONDS.toNanos(nowS);
        }

        Overview seen() {
            List<Standing> standings = new ArrayList<>();
            nodeById.forEach((id, node) ->
                    standings.add(new Standing(new Member(id, "http://" + id), node.tenure, node.declared)));
            return new Overview(standings, ownerByPartition);
        }

        void start(String id, Set<Integer> onDisk) {
            Map<Integer, Integer> held = new TreeMap<>();
            onDisk.forEach(partition -> held.put(partition, nowS - CATCH_UP_S));
            nodeById.put(id, new Node(id, held));
        }

        /** Ends a member; what it held stays on its disk. */
        Set<Integer> kill(String id) {
            ownerByPartition.values().removeIf(id::equals);
            return Optional.ofNullable(nodeById.remove(id))
                    .map(node -> Set.copyOf(node.heldSinceS.keySet()))
                    .orElse(Set.of());
        }

        void pass(int seconds) {
            for (int i = 0; i < seconds; i++) {
                nowS++;
                nodeById.forEach((id, node) -> node.round(id));
            }
        }

        Set<String> holders(int partition) {
            Set<String> holders = new TreeSet<>();
            nodeById.forEach((id, node) -> {
                if (node.heldSinceS.containsKey(partition)) {
                    holders.add(id);
                }
            });
            return holders;
        }

        /** A new cluster: the first member holds everything, which is nothing yet. */
        void found(List<String> ids) {
            start(
                    ids.getFirst(),
                    Set.copyOf(IntStream.range(0, PARTITIONS).boxed().toList()));
            ids.stream().skip(1).forEach(id -> start(id, Set.of()));
            pass(180);
            begun = 0;
        }

        void requireSettled(String when) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                Set<String> holders = holders(partition);
                String what = when + " partition=" + partition + " holders=" + holders;
                assertEquals(Math.min(nodeById.size(), 1 + standby.nodes()), holders.size(), what);
                assertTrue(holders.contains(ownerByPartition.getOrDefault(partition, "nobody")), what);
            }
        }
    }

    @Test
    void theOneThatShouldLeadIsTheFirstOfThoseThatShouldHold() {
        for (int members = 1; members < 9; members++) {
            for (int standby = 0; standby < 4; standby++) {
                List<List<String>> holders = Holding.holders(64, ids(members), new Standby(standby));
                List<List<String>> orders = Rendezvous.spread(holders);
                for (int partition = 0; partition < 64; partition++) {
                    assertEquals(
                            Math.min(members, 1 + standby),
                            Set.copyOf(holders.get(partition)).size());
                    assertEquals(
                            holders.get(partition).getFirst(),
                            orders.get(partition).getFirst(),
                            "the fit ones choose the same; members=" + members + " partition=" + partition);
                }
            }
        }
    }

    @Test
    void whoComesOrGoesMovesLittle() {
        int partitions = 256;
        for (int members = 3; members < 9; members++) {
            List<List<String>> before = Holding.holders(partitions, ids(members), new Standby(1));
            List<List<String>> after = Holding.holders(partitions, ids(members + 1), new Standby(1));
            int copies = 0;
            for (int partition = 0; partition < partitions; partition++) {
                Set<String> moved = new TreeSet<>(after.get(partition));
                before.get(partition).forEach(moved::remove);
                copies += moved.size();
            }
            int share = 2 * partitions / (members + 1);
            assertTrue(copies < share * 3 / 2, "members=" + members + " copies=" + copies + " share=" + share);
        }
    }

    @Test
    void aNewClusterSpreadsItsReplicas() {
        house.found(ids(4));
        house.requireSettled("founded");
        for (String id : ids(4)) {
            long led =
                    house.ownerByPartition.values().stream().filter(id::equals).count();
            assertEquals(PARTITIONS / 4, led, id);
        }
    }

    @Test
    void fewMembersHoldAll() {
        house.found(ids(2));
        house.requireSettled("two");
        assertEquals(Set.of("n0", "n1"), house.holders(0));
    }

    @Test
    void aRestartCopiesNothing() {
        house.found(ids(4));
        Set<Integer> onDisk = house.kill("n1");
        house.pass(20);
        house.start("n1", onDisk);
        house.pass(200);
        assertEquals(0, house.begun);
        house.requireSettled("restarted");
    }

    @Test
    void whoStaysAwayIsReplaced() {
        house.found(ids(4));
        Set<Integer> onDisk = house.kill("n1");
        house.pass(29);
        assertEquals(0, house.begun);
        house.pass(180);
        house.requireSettled("without n1");
        assertTrue(house.begun >= onDisk.size(), "begun=" + house.begun);
    }

    @Test
    void whenAllThatHoldAreGoneAnotherBeginsFromNothing() {
        house.found(ids(4));
        house.holders(3).forEach(house::kill);
        house.pass(60);
        house.requireSettled("two are left");
    }

    @Test
    void nobodyLetsGoBeforeThoseWhoShouldHoldAreFit() {
        Holding holding = new Holding("a", 1, new Standby(0), TERMS);
        String better = ids(100).stream()
                .filter(id -> Rendezvous.ranked(0, List.of("a", id)).getFirst().equals(id))
                .findFirst()
                .orElseThrow();
        Fitness not = Fitness.allBut(Set.of(0));
        for (int s = 0; s < 100; s++) {
            Holding.Plan plan = holding.decide(two(better, not, Fitness.ALL, "a"), Set.of(0), ns(s));
            assertEquals(new Holding.Plan(Set.of(), Set.of(), Set.of()), plan);
        }
        Holding.Plan giveBack = holding.decide(two(better, Fitness.ALL, Fitness.ALL, "a"), Set.of(0), ns(100));
        assertEquals(new Holding.Plan(Set.of(), Set.of(), Set.of(0)), giveBack);
        // The other leads, but this one might still be on its way to take it.
        Holding.Plan still = holding.decide(two(better, Fitness.ALL, Fitness.ALL, better), Set.of(0), ns(101));
        assertEquals(new Holding.Plan(Set.of(), Set.of(), Set.of(0)), still);
        Holding.Plan end = holding.decide(two(better, Fitness.ALL, not, better), Set.of(0), ns(102));
        assertEquals(new Holding.Plan(Set.of(), Set.of(0), Set.of(0)), end);
    }

    private static long ns(int seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    private static Overview two(String other, Fitness others, Fitness own, String owner) {
        return new Overview(
                List.of(
                        new Standing(new Member("a", "http://a"), 1, own),
                        new Standing(new Member(other, "http://b"), 2, others)),
                Map.of(0, owner));
    }

    /** Whatever comes and goes: each partition has its holders again, and nobody let go of what it leads. */
    @Test
    void afterAnyUnrestThereAreAsManyHoldersAsThereShouldBe() {
        for (int seed = 0; seed < 8; seed++) {
            Random random = new Random(seed);
            House unrest = new House(new Standby(random.nextInt(3)));
            unrest.found(ids(5));
            Map<String, Set<Integer>> diskById = new HashMap<>();
            for (int step = 0; step < 40; step++) {
                String id = "n" + random.nextInt(7);
                if (unrest.nodeById.containsKey(id) && unrest.nodeById.size() > 1) {
                    diskById.put(id, unrest.kill(id));
                } else if (!unrest.nodeById.containsKey(id)) {
                    unrest.start(id, diskById.getOrDefault(id, Set.of()));
                }
                unrest.pass(random.nextInt(60));
            }
            unrest.pass(300);
            unrest.requireSettled("seed=" + seed);
        }
    }
}
