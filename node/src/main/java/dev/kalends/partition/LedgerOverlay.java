package dev.kalends.partition;

import dev.kalends.job.JobId;
import dev.kalends.job.LedgerLine;
import dev.kalends.journal.KeyedState;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The ledger lines that a batch put or removed, by job and first instant. */
final class LedgerOverlay {
    private final Map<JobId, NavigableMap<Long, Optional<LedgerLine>>> touchedByJob = new HashMap<>();

    void put(LedgerLine line) {
        touched(line.job()).put(line.fromMs(), Optional.of(line));
    }

    void remove(JobId job, long fromMs) {
        touched(job).put(fromMs, Optional.empty());
    }

    Optional<LedgerLine> atOrBefore(JobId job, long nominalMs, KeyedState committed) {
        NavigableMap<Long, Optional<LedgerLine>> touched = touchedByJob.get(job);
        if (touched == null) {
            return committed.ledgerAtOrBefore(job, nominalMs);
        }
        Optional<LedgerLine> below = committed.ledgerAtOrBefore(job, nominalMs);
        while (below.isPresent() && touched.containsKey(below.get().fromMs())) {
            below = below.get().fromMs() == 0
                    ? Optional.empty()
                    : committed.ledgerAtOrBefore(job, below.get().fromMs() - 1);
        }
        for (Optional<LedgerLine> line :
                touched.headMap(nominalMs, true).descendingMap().values()) {
            if (line.isPresent()) {
                boolean later =
                        below.isEmpty() || line.get().fromMs() > below.get().fromMs();
                return later ? line : below;
            }
        }
        return below;
    }

    Optional<LedgerLine> after(JobId job, long nominalMs, KeyedState committed) {
        NavigableMap<Long, Optional<LedgerLine>> touched = touchedByJob.get(job);
        if (touched == null) {
            return committed.ledgerAfter(job, nominalMs);
        }
        Optional<LedgerLine> below = committed.ledgerAfter(job, nominalMs);
        while (below.isPresent() && touched.containsKey(below.get().fromMs())) {
            below = committed.ledgerAfter(job, below.get().fromMs());
        }
        for (Optional<LedgerLine> line : touched.tailMap(nominalMs, false).values()) {
            if (line.isPresent()) {
                boolean earlier =
                        below.isEmpty() || line.get().fromMs() < below.get().fromMs();
                return earlier ? line : below;
            }
        }
        return below;
    }

    void clear() {
        touchedByJob.clear();
    }

    private NavigableMap<Long, Optional<LedgerLine>> touched(JobId job) {
        return touchedByJob.computeIfAbsent(job, _ -> new TreeMap<>());
    }
}
