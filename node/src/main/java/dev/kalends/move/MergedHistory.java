package dev.kalends.move;

import dev.kalends.job.Run;
import dev.kalends.journal.StoreReader;
import dev.kalends.journal.StoreReader.HistoryPage;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * The history of several partitions in one order: by when runs ended, but never against the order of their own
 * partition. Pruning walks from the oldest line on, so that order matters.
 */
final class MergedHistory {
    private static final int PAGE = 500;

    private MergedHistory() {}

    static void of(List<StoreReader> readers, Consumer<Run> sink) {
        PriorityQueue<Lines> next =
                new PriorityQueue<>(Comparator.comparingLong(Lines::endedMs).thenComparingInt(Lines::number));
        for (int i = 0; i < readers.size(); i++) {
            Lines lines = new Lines(i, readers.get(i));
            if (lines.more()) {
                next.add(lines);
            }
        }
        for (Lines first = next.poll(); first != null; first = next.poll()) {
            sink.accept(first.take());
            if (first.more()) {
                next.add(first);
            }
        }
    }

    /** The lines of one partition, read a page at a time. */
    private static final class Lines {
        private final int number;
        private final StoreReader reader;
        private final Deque<Run> page = new ArrayDeque<>();
        private long after;

        Lines(int number, StoreReader reader) {
            this.number = number;
            this.reader = reader;
        }

        int number() {
            return number;
        }

        boolean more() {
            while (page.isEmpty() && after >= 0) {
                HistoryPage read = reader.historyAfter(after, PAGE);
                page.addAll(read.runs());
                after = read.next();
            }
            return !page.isEmpty();
        }

        long endedMs() {
            return page.getFirst().times().finishedMs();
        }

        Run take() {
            return page.removeFirst();
        }
    }
}
