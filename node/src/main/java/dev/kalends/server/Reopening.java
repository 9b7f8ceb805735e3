package dev.kalends.server;

import dev.kalends.job.RunId;
import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import dev.kalends.runtime.PartitionHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reopens dead letters, each in its own partition, wherever that is led. */
final class Reopening {
    /** The decision's words. */
    private static final String BLOCKED = "blocked";

    private static final String REOPENED = "reopened";

    private final Partitions partitions;

    Reopening(Partitions partitions) {
        this.partitions = partitions;
    }

    /**
     * What became of some runs.
     *
     * @param reopened have another series of attempts
     * @param blocked must wait: another run of their job is open
     */
    record Outcome(List<RunId> reopened, List<RunId> blocked) {}

    /** Those that are in neither list of the outcome are dead no more, or their job is gone. */
    Outcome reopen(String requestId, List<RunId> runs) throws InterruptedException {
        Map<Integer, List<RunId>> runsByPartition = new TreeMap<>();
        runs.forEach(run -> runsByPartition
                .computeIfAbsent(run.job().partition(), _ -> new ArrayList<>())
                .add(run));
        Outcome outcome = new Outcome(new ArrayList<>(), new ArrayList<>());
        for (Map.Entry<Integer, List<RunId>> entry : runsByPartition.entrySet()) {
            PartitionHandle handle = partitions.all().get(entry.getKey());
            Reply.Acted acted = (Reply.Acted) Partitions.ask(handle, new Command.Redrive(requestId, entry.getValue()));
            for (int i = 0; i < entry.getValue().size(); i++) {
                RunId run = entry.getValue().get(i);
                String word = acted.acts().get(i).outcome();
                if (word.equals(REOPENED)) {
                    outcome.reopened().add(run);
                } else if (word.equals(BLOCKED)
                        && !handle.reader().openRuns(run.job()).isEmpty()) {
                    outcome.blocked().add(run);
                }
            }
        }
        return outcome;
    }
}
