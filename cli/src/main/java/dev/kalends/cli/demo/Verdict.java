package dev.kalends.cli.demo;

import dev.kalends.job.RunId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The judgement over the witnesses' lines.
 *
 * @param executions lines in all
 * @param retried executions beyond the first of a run: allowed after a crash, with a token that rises
 * @param lost nominal instants that should have been executed and were not
 * @param doubled executions that no retry explains: the same token twice, or a token that did not rise
 * @param early executions before their nominal instant
 */
record Verdict(int executions, int retried, List<RunId> lost, List<Witness.Line> doubled, List<Witness.Line> early) {
    static Verdict of(Set<RunId> expected, List<Witness.Line> lines) {
        Map<RunId, Long> tokenByRun = new HashMap<>();
        List<Witness.Line> doubled = new ArrayList<>();
        List<Witness.Line> early = new ArrayList<>();
        int retried = 0;
        for (Witness.Line line : lines) {
            Long before = tokenByRun.put(line.run(), line.token());
            if (before != null && line.token() <= before) {
                doubled.add(line);
            } else if (before != null) {
                retried++;
            }
            if (line.skewMs() < 0) {
                early.add(line);
            }
        }
        Set<RunId> lost = new HashSet<>(expected);
        lost.removeAll(tokenByRun.keySet());
        return new Verdict(lines.size(), retried, lost.stream().sorted().toList(), doubled, early);
    }

    boolean kept() {
        return lost.isEmpty() && doubled.isEmpty() && early.isEmpty();
    }
}
