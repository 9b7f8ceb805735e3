package dev.kalends.cli.history;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What came out.
 *
 * @param targets how many were required
 * @param executed complete executions
 * @param again complete executions beyond the first of a run that an attempt which had lost its lease explains
 * @param cut executions that did not come to their end
 * @param startAfterMs how long after its nominal instant each run started, in ascending order
 */
public record Verdict(List<Finding> findings, int targets, int executed, int again, int cut, long[] startAfterMs) {
    public Verdict {
        findings = List.copyOf(findings);
        startAfterMs = startAfterMs.clone();
    }

    @Override
    public long[] startAfterMs() {
        return startAfterMs.clone();
    }

    public long count(Fault fault) {
        return findings.stream().filter(finding -> finding.fault() == fault).count();
    }

    /** Whether nothing was lost, doubled, early or unexplained; late is a matter of bounds. */
    public boolean sound() {
        return findings.stream().allMatch(finding -> finding.fault() == Fault.LATE);
    }

    /** The start after which only this share of all came, such as 0.99; 0 when there were none. */
    public long quantileMs(double share) {
        if (startAfterMs.length == 0) {
            return 0;
        }
        int index = (int) Math.ceil(share * startAfterMs.length) - 1;
        return startAfterMs[Math.clamp(index, 0, startAfterMs.length - 1)];
    }

    public String figures() {
        Map<Fault, Long> counts =
                findings.stream().collect(Collectors.groupingBy(Finding::fault, Collectors.counting()));
        StringBuilder text = new StringBuilder("targets=" + targets + " executed=" + executed);
        for (Fault fault : Fault.values()) {
            text.append(' ').append(fault.word()).append('=').append(counts.getOrDefault(fault, 0L));
        }
        return text.append(" again=").append(again).append(" cut=").append(cut).toString();
    }
}
