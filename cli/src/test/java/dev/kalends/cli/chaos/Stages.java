package dev.kalends.cli.chaos;

import dev.kalends.cli.history.RunRecord;
import java.util.List;

/** From due to fired to started, by the records. */
final class Stages {
    private Stages() {}

    static String of(List<RunRecord> records) {
        long[] fired = records.stream()
                .filter(run -> run.firedMs() > 0)
                .mapToLong(run -> run.firedMs() - run.nominalMs())
                .sorted()
                .toArray();
        long[] started = records.stream()
                .filter(run -> run.firedMs() > 0 && run.startedMs() > 0)
                .mapToLong(run -> run.startedMs() - run.firedMs())
                .sorted()
                .toArray();
        return "due to fired p50/p99/p99.9 " + quantiles(fired) + " ms, fired to started " + quantiles(started) + " ms";
    }

    private static String quantiles(long[] sorted) {
        return quantile(sorted, 0.5) + "/" + quantile(sorted, 0.99) + "/" + quantile(sorted, 0.999);
    }

    private static long quantile(long[] sorted, double share) {
        int index = (int) Math.ceil(share * sorted.length) - 1;
        return sorted.length == 0 ? 0 : sorted[Math.clamp(index, 0, sorted.length - 1)];
    }
}
