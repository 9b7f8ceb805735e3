package dev.kalends.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.journal.Change;
import dev.kalends.testing.Samples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How records become entries, with and without compaction. */
final class EntryAssemblerTest {
    private final List<Fed> fed = new ArrayList<>();

    private EntryAssembler after(long position) {
        return new EntryAssembler(Samples.PARTITION, position, fed::add);
    }

    private static void put(EntryAssembler to, long offset, int day, long next) {
        Change change = new Change.PutSlot(day, next);
        to.accept(offset, JournalRecords.key(change), JournalRecords.value(change));
    }

    private static void end(EntryAssembler to, long offset, long nextHistory) {
        to.accept(offset, JournalRecords.endKey(), new BatchEnd(5, Samples.T0, nextHistory, Samples.T0 - 1).encode());
    }

    private static void barrier(EntryAssembler to, long offset) {
        to.accept(offset, JournalRecords.barrierKey(), new BatchEnd(0, Samples.T0, 0, -1).encode());
    }

    private List<String> said() {
        return fed.stream()
                .map(one -> one.entry().position() + " "
                        + one.entry().batch().changes().stream()
                                .map(change -> (Change.PutSlot) change)
                                .map(slot -> slot.day() + "=" + slot.nextSequence())
                                .toList()
                        + " epoch " + one.entry().batch().epoch() + " history " + one.nextHistory())
                .toList();
    }

    @Test
    void aBatchEndsAtItsEndAndABarrierStandsAlone() {
        EntryAssembler assembler = after(0);
        barrier(assembler, 0);
        put(assembler, 2, 1, 1);
        put(assembler, 3, 2, 1);
        end(assembler, 4, 9);
        end(assembler, 6, 9);
        assertEquals(
                List.of("1 [] epoch 1 history 0", "5 [1=1, 2=1] epoch 5 history 9", "7 [] epoch 5 history 9"), said());
        assertEquals(Samples.T0, fed.getLast().entry().batch().writtenMs());
        assertEquals(
                List.of(-1L, Samples.T0 - 1, Samples.T0 - 1),
                fed.stream().map(one -> one.entry().batch().decidedThroughMs()).toList());
        assertEquals(Samples.PARTITION, fed.getLast().entry().batch().partition());
    }

    @Test
    void theRecordBeforeSaysOnlyHowManyLinesThereWere() {
        EntryAssembler known = after(5);
        end(known, 4, 9);
        barrier(known, 6);
        EntryAssembler unknown = after(7);
        barrier(unknown, 6);
        barrier(unknown, 8);
        put(unknown, 10, 1, 1);
        end(unknown, 11, 3);
        assertEquals(
                List.of("7 [] epoch 7 history 9", "9 [] epoch 9 history -1", "12 [1=1] epoch 5 history 3"), said());
    }

    @Test
    void whatCompactionLeavesOfSeveralBatchesComesBeforeTheBarrier() {
        EntryAssembler assembler = after(0);
        put(assembler, 10, 1, 1);
        put(assembler, 20, 2, 1);
        put(assembler, 30, 1, 2);
        barrier(assembler, 40);
        assertEquals(List.of("31 [2=1, 1=2] epoch 0 history 0", "41 [] epoch 41 history 0"), said());
    }

    @Test
    void aThinnedStretchComesInPieces() {
        EntryAssembler assembler = after(0);
        int records = 2 * EntryAssembler.THINNED_CHANGES_MAX + 10;
        for (int i = 0; i < records; i++) {
            put(assembler, 2L * i, i, 1);
        }
        end(assembler, 2L * records, 4);
        assertEquals(
                List.of(EntryAssembler.THINNED_CHANGES_MAX, EntryAssembler.THINNED_CHANGES_MAX, 10),
                fed.stream().map(one -> one.entry().batch().changes().size()).toList());
        assertEquals(
                List.of(2L * EntryAssembler.THINNED_CHANGES_MAX - 1, 4L * EntryAssembler.THINNED_CHANGES_MAX - 1),
                fed.subList(0, 2).stream().map(one -> one.entry().position()).toList());
    }

    @Test
    void aWholeBatchIsNotCut() {
        EntryAssembler assembler = after(0);
        int records = EntryAssembler.THINNED_CHANGES_MAX + 1_000;
        for (int i = 0; i < records; i++) {
            put(assembler, 100 + i, i, 1);
        }
        assertEquals(List.of(), said());
        end(assembler, 100 + records, 0);
        assertEquals(1, fed.size());
        assertEquals(records, fed.getFirst().entry().batch().changes().size());
        assertTrue(fed.getFirst().bytes() > records, "bytes=" + fed.getFirst().bytes());
    }

    @Test
    void memoryIsBoundedWhateverComes() {
        EntryAssembler assembler = after(0);
        for (int i = 0; i < EntryAssembler.CHANGES_MAX + 5; i++) {
            put(assembler, i, i, 1);
        }
        assertEquals(1, fed.size());
        assertEquals(EntryAssembler.CHANGES_MAX, fed.getFirst().entry().position());
    }
}
