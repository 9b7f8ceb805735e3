package dev.kalends.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.lease.Coordination.Member;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SeatingTest {
    private static final int PARTITIONS = 8;
    private static final List<String> IDS = List.of("n1", "n2", "n3");
    private static final String BEST = Rendezvous.ranked(0, IDS).get(0);
    private static final String NEXT = Rendezvous.ranked(0, IDS).get(1);
    private static final String LAST = Rendezvous.ranked(0, IDS).get(2);

    private static Standing fit(String id) {
        return new Standing(new Member(id, ""), 1, Fitness.ALL);
    }

    private static Standing unfit(String id) {
        return new Standing(new Member(id, ""), 1, Fitness.none("disk full"));
    }

    private static Overview seen(Map<Integer, String> owners, Standing... standings) {
        return new Overview(Arrays.asList(standings), owners);
    }

    private static Seating one(String self) {
        return new Seating(self, 1, SeatingTerms.DEFAULT);
    }

    private static long at(long ms) {
        return TimeUnit.MILLISECONDS.toNanos(ms);
    }

    private static final List<Move> TAKE = List.of(new Move.Take(0));
    private static final List<Move> NOTHING = List.of();

    private final Map<String, Seating> seatings = new HashMap<>();

    @Test
    void threeNodesAgreeWithoutAWord() {
        Overview seen = seen(Map.of(), fit("n1"), fit("n2"), fit("n3"));
        List<Integer> taken = IDS.stream()
                .flatMap(id -> new Seating(id, PARTITIONS, SeatingTerms.DEFAULT).decide(seen, Fitness.ALL, 0).stream())
                .map(Move::partition)
                .sorted()
                .toList();
        assertEquals(IntStream.range(0, PARTITIONS).boxed().toList(), taken);
    }

    @Test
    void theBestTakesAtOnceAndTheOthersInTheirTurn() {
        Overview seen = seen(Map.of(), fit("n1"), fit("n2"), fit("n3"));
        Seating best = one(BEST);
        Seating next = one(NEXT);
        Seating last = one(LAST);
        assertEquals(TAKE, best.decide(seen, Fitness.ALL, at(0)));
        assertEquals(NOTHING, next.decide(seen, Fitness.ALL, at(0)));
        assertEquals(NOTHING, last.decide(seen, Fitness.ALL, at(0)));
        assertEquals(NOTHING, next.decide(seen, Fitness.ALL, at(1_999)));
        assertEquals(TAKE, next.decide(seen, Fitness.ALL, at(2_000)));
        assertEquals(NOTHING, last.decide(seen, Fitness.ALL, at(3_999)));
        assertEquals(TAKE, last.decide(seen, Fitness.ALL, at(4_000)));
    }

    @Test
    void whoIsNotFitIsNotWaitedFor() {
        assertEquals(TAKE, one(LAST).decide(seen(Map.of(), unfit(BEST), unfit(NEXT), fit(LAST)), Fitness.ALL, 0));
    }

    @Test
    void whoIsNotFitGivesBackAndTakesNothing() {
        Overview led = seen(Map.of(0, BEST), fit(BEST), fit(NEXT));
        Seating seating = one(BEST);
        assertEquals(List.of(new Move.GiveBack(0, "draining")), seating.decide(led, Fitness.none("draining"), at(0)));
        Overview free = seen(Map.of(), fit(BEST), fit(NEXT));
        assertEquals(NOTHING, seating.decide(free, Fitness.none("draining"), at(60_000)));
    }

    @Test
    void whoDrainsGivesBackOneAfterTheOther() {
        Seating seating = new Seating("n1", 3, SeatingTerms.DEFAULT);
        Fitness draining = Fitness.none(Fitness.DRAINING);
        Standing[] all = {unfit("n1"), fit("n2"), fit("n3")};
        List<Integer> given = new ArrayList<>();
        Map<Integer, String> owners = new HashMap<>(Map.of(0, "n1", 1, "n1", 2, "n1"));
        for (long ms = 0; ms < 700; ms += 100) {
            for (Move move : seating.decide(seen(Map.copyOf(owners), all), draining, at(ms))) {
                given.add(move.partition());
                owners.put(move.partition(), "n2"); // who takes it at once
            }
            assertEquals(1 + ms / 300, given.size(), "one each 300 ms; ms=" + ms);
            assertEquals(owners.containsValue("n1"), seating.isHandingOver() && given.size() < 3);
        }
    }

    @Test
    void whoDrainsWaitsUntilWhatItGaveHasAnOwner() {
        Seating seating = new Seating("n1", 2, SeatingTerms.DEFAULT);
        Fitness draining = Fitness.none(Fitness.DRAINING);
        Standing[] all = {unfit("n1"), fit("n2")};
        assertEquals(
                1,
                seating.decide(seen(Map.of(0, "n1", 1, "n1"), all), draining, at(0))
                        .size());
        Overview onItsWay = seen(Map.of(1, "n1"), all);
        assertEquals(NOTHING, seating.decide(onItsWay, draining, at(500)));
        assertEquals(NOTHING, seating.decide(onItsWay, draining, at(2_499)));
        assertEquals(1, seating.decide(onItsWay, draining, at(2_500)).size(), "nobody wants it, for whatever reason");
    }

    @Test
    void whoDrainsAloneGivesAllBackAtOnce() {
        Seating seating = new Seating("n1", 2, SeatingTerms.DEFAULT);
        Overview alone = seen(Map.of(0, "n1", 1, "n1"), unfit("n1"));
        assertEquals(
                2, seating.decide(alone, Fitness.none(Fitness.DRAINING), at(0)).size());
    }

    @Test
    void aBetterOwnerGetsItAfterThirtySecondsOfFitness() {
        Seating seating = one(NEXT);
        Overview led = seen(Map.of(0, NEXT), fit(NEXT), fit(BEST));
        assertEquals(NOTHING, seating.decide(led, Fitness.ALL, at(0)));
        assertEquals(NOTHING, seating.decide(led, Fitness.ALL, at(29_999)));
        assertEquals(
                List.of(new Move.GiveBack(0, "it belongs to " + BEST)), seating.decide(led, Fitness.ALL, at(30_000)));
    }

    @Test
    void anyBreakInItsFitnessBeginsTheThirtySecondsAnew() {
        Seating seating = one(NEXT);
        Overview well = seen(Map.of(0, NEXT), fit(NEXT), fit(BEST));
        seating.decide(well, Fitness.ALL, at(0));
        seating.decide(seen(Map.of(0, NEXT), fit(NEXT), unfit(BEST)), Fitness.ALL, at(20_000));
        seating.decide(well, Fitness.ALL, at(21_000));
        assertEquals(NOTHING, seating.decide(well, Fitness.ALL, at(50_999)));
        assertFalse(seating.decide(well, Fitness.ALL, at(51_000)).isEmpty());
    }

    @Test
    void aNewTenureBeginsTheThirtySecondsAnew() {
        Seating seating = one(NEXT);
        seating.decide(seen(Map.of(0, NEXT), fit(NEXT), fit(BEST)), Fitness.ALL, at(0));
        Standing restarted = new Standing(new Member(BEST, ""), 2, Fitness.ALL);
        Overview again = seen(Map.of(0, NEXT), fit(NEXT), restarted);
        seating.decide(again, Fitness.ALL, at(29_000));
        assertEquals(NOTHING, seating.decide(again, Fitness.ALL, at(31_000)));
    }

    @Test
    void aWorseOwnerNeverGetsIt() {
        Seating seating = one(BEST);
        Overview led = seen(Map.of(0, BEST), fit(NEXT), fit(BEST), fit(LAST));
        assertEquals(NOTHING, seating.decide(led, Fitness.ALL, at(0)));
        assertEquals(NOTHING, seating.decide(led, Fitness.ALL, at(3_600_000)));
    }

    @Test
    void aFourthNodeGetsItsShareOfEight() {
        Map<Integer, String> owners = new HashMap<>();
        for (int round = 0; round < 120; round++) {
            List<String> ids = round < 40 ? IDS : List.of("n1", "n2", "n3", "n4");
            Overview seen =
                    seen(Map.copyOf(owners), ids.stream().map(SeatingTest::fit).toArray(Standing[]::new));
            for (String id : ids) {
                for (Move move : seatings.computeIfAbsent(
                                id, self -> new Seating(self, PARTITIONS, SeatingTerms.DEFAULT))
                        .decide(seen, Fitness.ALL, at(round * 1_000L))) {
                    switch (move) {
                        case Move.Take take -> owners.putIfAbsent(take.partition(), id);
                        case Move.GiveBack back -> owners.remove(back.partition());
                    }
                }
            }
        }
        for (String id : List.of("n1", "n2", "n3", "n4")) {
            assertEquals(2, owners.values().stream().filter(id::equals).count(), id + " of " + owners);
        }
    }

    /** A hiccup of one member at one partition moves no other partition. */
    @Test
    void whoIsBestForAMomentGetsNothingThatIsLed() {
        Seating seating = new Seating("n1", PARTITIONS, SeatingTerms.DEFAULT);
        Map<Integer, String> owners = new HashMap<>();
        List<List<String>> orders = Rendezvous.spread(Collections.nCopies(PARTITIONS, IDS));
        for (int partition = 0; partition < PARTITIONS; partition++) {
            owners.put(partition, orders.get(partition).getFirst());
        }
        Standing hiccup = new Standing(new Member("n2", ""), 1, Fitness.allBut(Set.of(0, 1, 2, 3)));
        for (int second = 0; second < 120; second++) {
            Standing middle = second % 20 < 10 ? hiccup : fit("n2");
            Overview seen = seen(owners, fit("n1"), middle, fit("n3"));
            assertEquals(NOTHING, seating.decide(seen, Fitness.ALL, at(second * 1_000L)), "second " + second);
        }
    }

    @Test
    void onePartitionARoundIsHandedOver() {
        Map<Integer, String> all = Map.of(0, "n1", 1, "n1", 2, "n1", 3, "n1", 4, "n1", 5, "n1", 6, "n1", 7, "n1");
        Overview led = seen(all, fit("n1"), fit("n2"), fit("n3"));
        Seating seating = new Seating("n1", PARTITIONS, SeatingTerms.DEFAULT);
        assertEquals(NOTHING, seating.decide(led, Fitness.ALL, at(0)));
        assertEquals(1, seating.decide(led, Fitness.ALL, at(30_000)).size());
    }

    @Test
    void whoFailedWithdrawsLongerEachTime() {
        Seating seating = one(BEST);
        Overview led = seen(Map.of(0, BEST), fit(BEST), fit(NEXT));
        seating.failed(0, at(0));
        assertEquals(Set.of(0), seating.fitness(Fitness.ALL, at(999)).notFor());
        assertEquals(
                List.of(new Move.GiveBack(0, "not fit for this partition")),
                seating.decide(led, seating.fitness(Fitness.ALL, at(0)), at(0)));
        assertTrue(seating.fitness(Fitness.ALL, at(1_000)).fitFor(0));
        seating.failed(0, at(1_000));
        assertFalse(seating.fitness(Fitness.ALL, at(2_999)).fitFor(0));
        assertTrue(seating.fitness(Fitness.ALL, at(3_000)).fitFor(0));
        for (int i = 0; i < 100; i++) {
            seating.failed(0, at(10_000));
        }
        assertFalse(seating.fitness(Fitness.ALL, at(69_999)).fitFor(0));
        assertTrue(seating.fitness(Fitness.ALL, at(70_000)).fitFor(0));
        seating.succeeded(0);
        seating.failed(0, at(80_000));
        assertTrue(seating.fitness(Fitness.ALL, at(81_000)).fitFor(0));
    }

    /** While the journal is away every attempt fails; that is no reason to wait a minute once it is back. */
    @Test
    void whatFailedWhileTheNodeWasFitForNothingIsForgottenOnceThatIsOver() {
        Seating seating = one(BEST);
        for (int i = 0; i < 5; i++) {
            seating.failed(0, at(1_000L * i));
        }
        Fitness away = Fitness.none("Kafka does not answer");
        assertFalse(seating.fitness(away, at(5_000)).fitFor(0));
        seating.failed(0, at(6_000));
        assertFalse(seating.fitness(away, at(6_000)).fitFor(0));
        assertTrue(seating.fitness(Fitness.ALL, at(7_000)).fitFor(0));
        seating.failed(0, at(8_000));
        assertFalse(seating.fitness(Fitness.ALL, at(8_999)).fitFor(0), "a new failure counts");
    }

    /** What others see of this node may be older than what it knows. */
    @Test
    void whatANodeKnowsOfItselfCounts() {
        assertEquals(TAKE, one(BEST).decide(seen(Map.of(), unfit(BEST)), Fitness.ALL, 0));
        assertEquals(NOTHING, one(BEST).decide(seen(Map.of(), fit(BEST)), Fitness.none("disk full"), 0));
    }

    @Test
    void whoIsNoMemberTakesNothing() {
        assertEquals(NOTHING, one(BEST).decide(seen(Map.of(), fit(NEXT)), Fitness.ALL, at(0)));
        assertEquals(NOTHING, one(BEST).decide(seen(Map.of()), Fitness.ALL, at(60_000)));
    }

    /** An entry of an owner that is no member is as good as none. */
    @Test
    void whatAStrangerOwnsIsFree() {
        assertEquals(TAKE, one(BEST).decide(seen(Map.of(0, "gone"), fit(BEST)), Fitness.ALL, 0));
    }
}
