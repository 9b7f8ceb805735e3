package dev.kalends.cli.history;

import java.util.List;

/** Everything that is known of a stretch of time: what was owed, what jobs wrote down, what is on record. */
public record History(List<Target> targets, List<Execution> executions, List<RunRecord> records) {
    public History {
        targets = List.copyOf(targets);
        executions = List.copyOf(executions);
        records = List.copyOf(records);
    }
}
