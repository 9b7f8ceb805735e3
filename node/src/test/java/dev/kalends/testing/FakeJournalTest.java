package dev.kalends.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.journal.Batch;
import dev.kalends.journal.Journal;
import dev.kalends.journal.Journal.Entry;
import dev.kalends.journal.Journal.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FakeJournalTest implements SharedJournalContract {
    private final FakeRecord shared = new FakeRecord(40);
    private final FakeJournal journal = shared.journal(40);
    private final List<String> outcomes = new ArrayList<>();

    @Override
    public Journal journal() {
        return journal;
    }

    @Override
    public long startPosition() {
        return 40;
    }

    @Override
    public Journal another(long position) {
        return shared.journal(position);
    }

    private void append() {
        Batch batch = StoreHarness.batch();
        journal.append(batch, outcome -> outcomes.add(outcome.getClass().getSimpleName()));
    }

    @Test
    void whoBeganLastWritesAndTheOthersFollow() {
        FakeRecord record = new FakeRecord(0);
        FakeJournal first = record.journal(0);
        FakeJournal second = record.journal(0);
        begin(first);
        first.append(StoreHarness.batch(), _ -> {});
        begin(second);
        first.append(
                StoreHarness.batch(), outcome -> outcomes.add(outcome.getClass().getSimpleName()));
        assertEquals(List.of("LeadershipLost"), outcomes);
        first.follow(2);
        assertEquals(3, first.next().orElseThrow().position());
        assertEquals(1, second.next().orElseThrow().position());
    }

    private static void begin(FakeJournal journal) {
        journal.begin(_ -> {});
    }

    @Test
    void answersAsScriptedAndEndsAtTheFirstFailure() {
        journal.script(FakeJournal.Fate.COMMITTED, FakeJournal.Fate.LOST_BUT_WRITTEN);
        begin(journal);
        append();
        append();
        append();
        assertEquals(List.of("Committed", "LeadershipLost", "NotWritten"), outcomes);
        assertEquals(
                List.of(41L, 42L, 43L),
                journal.record().stream().map(Entry::position).toList());
    }

    @Test
    void whatIsNotWrittenIsNotInTheRecord() {
        journal.script(FakeJournal.Fate.NOT_WRITTEN);
        begin(journal);
        append();
        FakeJournal broken = new FakeJournal(0);
        begin(broken);
        broken.script(FakeJournal.Fate.BROKEN);
        broken.append(
                StoreHarness.batch(), outcome -> outcomes.add(outcome.getClass().getSimpleName()));
        FakeJournal lost = new FakeJournal(0);
        begin(lost);
        lost.script(FakeJournal.Fate.LOST);
        lost.append(
                StoreHarness.batch(), outcome -> outcomes.add(outcome.getClass().getSimpleName()));
        assertEquals(List.of("NotWritten", "Broken", "LeadershipLost"), outcomes);
        assertEquals(
                3,
                journal.record().size() + broken.record().size() + lost.record().size());
    }

    @Test
    void holdsOutcomesUntilTheyAreSettled() {
        begin(journal);
        journal.hold();
        append();
        append();
        append();
        assertEquals(List.of(), outcomes);
        assertEquals(3, journal.waiting());
        assertEquals(2, journal.settle(2));
        assertEquals(List.of("Committed", "Committed"), outcomes);
        journal.script(FakeJournal.Fate.LOST);
        journal.resume();
        append();
        assertEquals(List.of("Committed", "Committed", "LeadershipLost", "NotWritten"), outcomes);
        assertEquals(
                new Outcome.Committed(43),
                new Outcome.Committed(journal.record().getLast().position()));
    }
}
