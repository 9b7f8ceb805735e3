package dev.kalends.cli.bench;

import dev.kalends.schedule.InstantText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Many jobs due in the same millisecond: how long until the last one starts?
 *
 * @param jobs how many
 */
record HerdScenario(int jobs) {
    private static final long LEAD_MS = 5_000;
    private static final int SUBMITS_A_MS = 20;

    Report run(Bench bench) throws IOException, InterruptedException {
        long dueMs = bench.nowMs() + LEAD_MS + jobs / SUBMITS_A_MS;
        bench.tell("submitting " + jobs + " jobs, all due in " + (dueMs - bench.nowMs()) / 1_000 + " s");
        List<String> faults = new ArrayList<>();
        String line = "{\"at\":\"" + InstantText.format(dueMs) + "\",\"noop\":true}";
        bench.client().submitBulk("bench-" + bench.nowMs(), JobLines.of(jobs, _ -> line), result -> {
            if (result.error() != null && faults.isEmpty()) {
                faults.add("a submit was refused: " + result.error().message());
            }
        });
        if (bench.nowMs() > dueMs) {
            faults.add("submitting took so long that the jobs were late");
        }
        bench.waitUntil(dueMs + 500);
        RunReader reader = new RunReader(bench);
        reader.awaitQuiet();
        RunReader.Seen seen = reader.read(dueMs, dueMs + 1);
        if (seen.skewMs().getTotalCount() != jobs) {
            faults.add("runs without a start: " + (jobs - seen.skewMs().getTotalCount()) + " of " + jobs);
        }
        double seconds = (seen.lastStartMs() - dueMs) / 1e3;
        List<Report.Figure> figures = List.of(
                new Report.Figure("all started after", seconds, "s"),
                new Report.Figure("rate", jobs / Math.max(seconds, 0.001), "jobs/s"),
                new Report.Figure("skew p50", seen.skewMs().getValueAtPercentile(50), "ms"),
                new Report.Figure("early", seen.early(), ""));
        return new Report("herd: " + jobs + " jobs due in one millisecond", figures, Optional.empty(), faults);
    }
}
