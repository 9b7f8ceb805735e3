package dev.kalends.kafka;

import dev.kalends.job.JobId;
import dev.kalends.job.LedgerLine;
import dev.kalends.journal.Batch;
import dev.kalends.journal.Change;
import dev.kalends.journal.KeyedState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A batch on its way into the journal. Made on the partition's thread, where its state can be read; turned into records
 * on the writer's.
 *
 * @param removed keys of everything that belongs to jobs which the batch removes
 */
record BatchRecords(Batch batch, List<byte[]> removed) {

    /**
     * Takes a batch that has not been applied yet.
     *
     * @param state what the batch will be applied to: it names what a job that is removed leaves behind
     */
    static BatchRecords of(Batch batch, KeyedState state) {
        Set<JobId> jobs = new HashSet<>();
        List<byte[]> keys = new ArrayList<>();
        for (Change change : batch.changes()) {
            if (change instanceof Change.RemoveJob remove) {
                jobs.add(remove.id());
                keysOf(remove.id(), state, keys);
            }
        }
        if (!jobs.isEmpty()) {
            batch.changes().stream()
                    .filter(change -> ofJob(change).filter(jobs::contains).isPresent())
                    .forEach(change -> keys.add(JournalRecords.key(change)));
        }
        return new BatchRecords(batch, keys);
    }

    /** The keys of a job that goes: its first spec is always among them, because it is what says that the job went. */
    private static void keysOf(JobId job, KeyedState state, List<byte[]> keys) {
        int generations = state.spec(job).map(spec -> spec.generation()).orElse(1);
        for (int generation = 1; generation <= generations; generation++) {
            keys.add(JournalRecords.specKey(job, generation));
        }
        keys.add(JournalRecords.stateKey(job));
        Optional<LedgerLine> line = state.ledgerAfter(job, Long.MIN_VALUE);
        while (line.isPresent()) {
            keys.add(JournalRecords.ledgerKey(job, line.get().fromMs()));
            line = state.ledgerAfter(job, line.get().fromMs());
        }
    }

    /** The job that goes with everything of it: only what has a key beneath the job's. */
    private static Optional<JobId> ofJob(Change change) {
        return switch (change) {
            case Change.PutSpec put -> Optional.of(put.spec().id());
            case Change.PutState put -> Optional.of(put.state().id());
            case Change.PutLedger put -> Optional.of(put.line().job());
            case Change.RemoveJob _,
                    Change.PutRun _,
                    Change.RemoveRun _,
                    Change.AppendHistory _,
                    Change.RemoveLedger _,
                    Change.PutDead _,
                    Change.RemoveDead _,
                    Change.PutSubmitKey _,
                    Change.RemoveSubmitKey _,
                    Change.PutRequest _,
                    Change.RemoveRequest _,
                    Change.PutSlot _,
                    Change.PutTenant _,
                    Change.PutPause _,
                    Change.RemovePause _,
                    Change.PutBackfill _,
                    Change.RemoveBackfill _,
                    Change.PutCounts _,
                    Change.PutHead _ -> Optional.empty();
        };
    }

    /** Lines of history in the batch. */
    int historyLines() {
        return (int) batch.changes().stream()
                .filter(Change.AppendHistory.class::isInstance)
                .count();
    }

    /**
     * All records of the batch, its end the last.
     *
     * @param firstHistory the number of its first line of history
     * @param linesKept of history in the topic
     */
    List<ProducerRecord<byte[], byte[]>> records(String topic, long firstHistory, int linesKept) {
        List<ProducerRecord<byte[], byte[]>> records =
                new ArrayList<>(batch.changes().size() + removed.size() + 1);
        int partition = batch.partition();
        long number = firstHistory;
        for (Change change : batch.changes()) {
            if (change instanceof Change.AppendHistory) {
                byte[] key = JournalRecords.historyKey(number++, linesKept);
                records.add(new ProducerRecord<>(topic, partition, key, JournalRecords.value(change)));
            } else if (!(change instanceof Change.RemoveJob)) {
                records.add(new ProducerRecord<>(
                        topic, partition, JournalRecords.key(change), JournalRecords.value(change)));
            }
        }
        removed.forEach(key -> records.add(new ProducerRecord<>(topic, partition, key, null)));
        byte[] end = new BatchEnd(batch.epoch(), batch.writtenMs(), number, batch.decidedThroughMs()).encode();
        records.add(new ProducerRecord<>(topic, partition, JournalRecords.endKey(), end));
        return records;
    }
}
