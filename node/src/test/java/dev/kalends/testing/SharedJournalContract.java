package dev.kalends.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.Journal;
import dev.kalends.journal.Journal.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a {@link Journal} promises where several nodes share one record. */
public interface SharedJournalContract extends JournalContract {
    /** Another node's journal over the same record, following after a position. */
    Journal another(long position);

    private static List<Journal.Entry> takeUpTo(Journal journal, long position) {
        List<Journal.Entry> taken = new ArrayList<>();
        Patience.await(OUTCOME_WITHIN_MS, () -> {
            for (Optional<Journal.Entry> next = journal.next(); next.isPresent(); next = journal.next()) {
                taken.add(next.get());
            }
            return !taken.isEmpty() && taken.getLast().position() >= position;
        });
        return taken;
    }

    private static List<Change> changes(List<Journal.Entry> entries) {
        return entries.stream()
                .flatMap(entry -> entry.batch().changes().stream())
                .toList();
    }

    private static Outcome append(Journal journal, Batch batch) throws InterruptedException {
        LinkedBlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
        journal.append(batch, outcomes::add);
        return JournalContract.outcome(outcomes);
    }

    @Test
    default void whoFollowsTakesWhatWasCommittedAtTheSamePositions() throws InterruptedException {
        Journal follower = another(startPosition());
        AtomicInteger hints = new AtomicInteger();
        follower.whenMore(hints::incrementAndGet);
        long barrier = JournalContract.lead(journal());
        Batch first = StoreHarness.batch(new Change.PutSlot(1, 1), new Change.PutSlot(2, 1));
        Batch second = StoreHarness.batch(new Change.PutSlot(1, 2));
        List<Long> positions = new ArrayList<>(List.of(barrier));
        for (Batch batch : List.of(first, second)) {
            positions.add(assertInstanceOf(Outcome.Committed.class, append(journal(), batch))
                    .position());
        }
        List<Journal.Entry> taken = takeUpTo(follower, positions.getLast());
        assertEquals(positions, taken.stream().map(Journal.Entry::position).toList());
        assertEquals(
                List.of(List.of(), first.changes(), second.changes()),
                taken.stream().map(entry -> entry.batch().changes()).toList());
        assertEquals(first, taken.get(1).batch());
        assertEquals(positions.getLast(), follower.end());
        assertEquals(Optional.empty(), journal().next(), "a leader is not given its own batches");
        Patience.await(OUTCOME_WITHIN_MS, () -> hints.get() > 0);
    }

    @Test
    default void followingGoesOnAfterAPosition() throws InterruptedException {
        JournalContract.lead(journal());
        List<Long> positions = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Outcome outcome = append(journal(), StoreHarness.batch(new Change.PutSlot(1, i)));
            positions.add(assertInstanceOf(Outcome.Committed.class, outcome).position());
        }
        Journal follower = another(positions.get(1));
        List<Journal.Entry> rest = takeUpTo(follower, positions.getLast());
        assertEquals(
                positions.subList(2, 5),
                rest.stream().map(Journal.Entry::position).toList());
        follower.follow(positions.get(3));
        assertEquals(List.of(new Change.PutSlot(1, 4)), changes(takeUpTo(follower, positions.getLast())));
        follower.follow(positions.getLast());
        assertEquals(Optional.empty(), follower.next());
    }

    @Test
    default void aNewLeaderShutsTheOldOneOutAndSeesAllOfIt() throws InterruptedException {
        Journal next = another(startPosition());
        JournalContract.lead(journal());
        Outcome last = append(journal(), StoreHarness.batch(new Change.PutSlot(1, 1)));
        long lastPosition = assertInstanceOf(Outcome.Committed.class, last).position();
        LinkedBlockingQueue<Outcome> begun = new LinkedBlockingQueue<>();
        next.begin(begun::add);
        long barrier = assertInstanceOf(Outcome.Committed.class, JournalContract.outcome(begun))
                .position();
        assertEquals(true, barrier > lastPosition);
        assertInstanceOf(
                Outcome.LeadershipLost.class, append(journal(), StoreHarness.batch(new Change.PutSlot(1, 99))));
        assertInstanceOf(Outcome.NotWritten.class, append(journal(), StoreHarness.batch(new Change.PutSlot(1, 99))));
        List<Journal.Entry> taken = takeUpTo(next, barrier);
        assertEquals(barrier, taken.getLast().position());
        assertEquals(List.of(), taken.getLast().batch().changes());
        assertEquals(List.of(new Change.PutSlot(1, 1)), changes(taken));
        Outcome mine = append(next, StoreHarness.batch(new Change.PutSlot(1, 2)));
        long minePosition = assertInstanceOf(Outcome.Committed.class, mine).position();
        journal().follow(lastPosition);
        assertEquals(List.of(new Change.PutSlot(1, 2)), changes(takeUpTo(journal(), minePosition)));
        assertEquals(Optional.empty(), next.next());
    }

    @Test
    default void leadershipGoesToAndFro() throws InterruptedException {
        Journal other = another(startPosition());
        List<Change> written = new ArrayList<>();
        long position = startPosition();
        for (int i = 0; i < 4; i++) {
            Journal leader = i % 2 == 0 ? journal() : other;
            leader.follow(position);
            JournalContract.lead(leader);
            Change change = new Change.PutSlot(1, i);
            written.add(change);
            position = assertInstanceOf(Outcome.Committed.class, append(leader, StoreHarness.batch(change)))
                    .position();
        }
        assertEquals(written, changes(takeUpTo(another(startPosition()), position)));
    }
}
