package dev.kalends.memory;

import dev.kalends.job.JobId;
import dev.kalends.job.JobSpec;
import dev.kalends.journal.Change;
import dev.kalends.journal.Dump;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/** The state of a partition as changes; made while the tables stand still. */
final class MemoryDump {
    private final MemoryTables tables;
    private final List<Change> changes = new ArrayList<>();
    private final long position;

    MemoryDump(MemoryTables tables, Dump dump) {
        this.tables = tables;
        this.position = tables.position;
        for (Dump.Part part : Dump.Part.values()) {
            if (dump.parts().contains(part)) {
                switch (part) {
                    case SPECS -> specs();
                    case HISTORY ->
                        tables.history
                                .newest(dump.historyMax())
                                .forEach(run -> changes.add(new Change.AppendHistory(run)));
                    case STATE -> state();
                }
            }
        }
    }

    List<Change> changes() {
        return changes;
    }

    long position() {
        return position;
    }

    /** First those that had a name before somebody else, then those that hold theirs: the last one counts. */
    private void specs() {
        tables.generationsByJob.forEach((id, generations) -> {
            if (!holdsName(id, generations)) {
                add(generations);
            }
        });
        tables.generationsByJob.forEach((id, generations) -> {
            if (holdsName(id, generations)) {
                add(generations);
            }
        });
    }

    private boolean holdsName(JobId id, NavigableMap<Integer, MemoryTables.Generation> generations) {
        JobSpec spec = generations.firstEntry().getValue().spec();
        Optional<JobId> holder = spec.name().name().flatMap(name -> tables.named(spec.tenant(), name));
        return holder.filter(id::equals).isPresent();
    }

    private void add(NavigableMap<Integer, MemoryTables.Generation> generations) {
        generations.values().forEach(generation -> {
            boolean repeats = generation.spec().schedule().repeats();
            changes.add(new Change.PutSpec(generation.spec(), repeats ? -1 : generation.firstDueMs()));
        });
    }

    private void state() {
        changes.add(new Change.PutHead(tables.head));
        sorted(tables.sequenceByDay).forEach(slot -> changes.add(new Change.PutSlot(slot.getKey(), slot.getValue())));
        tables.tenantByName.values().forEach(tenant -> changes.add(new Change.PutTenant(tenant)));
        tables.countsByTenant.values().forEach(counts -> changes.add(new Change.PutCounts(counts)));
        tables.orderByTenant.values().forEach(order -> changes.add(new Change.PutPause(order)));
        sorted(tables.stateByJob).forEach(entry -> changes.add(new Change.PutState(entry.getValue())));
        tables.runById.values().forEach(run -> changes.add(new Change.PutRun(run)));
        tables.letterByRun.values().forEach(letter -> changes.add(new Change.PutDead(letter)));
        sorted(tables.ledgerByJob)
                .forEach(entry -> entry.getValue().values().forEach(line -> changes.add(new Change.PutLedger(line))));
        tables.backfillByKey.values().forEach(backfill -> changes.add(new Change.PutBackfill(backfill)));
        tables.keyById.values().stream()
                .sorted(Comparator.comparing(key -> key.id().toString()))
                .forEach(key -> changes.add(new Change.PutSubmitKey(key)));
        sorted(tables.answerById).forEach(entry -> changes.add(new Change.PutRequest(entry.getValue())));
    }

    private static <K extends Comparable<K>, V> List<Map.Entry<K, V>> sorted(Map<K, V> map) {
        return map.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
    }
}
