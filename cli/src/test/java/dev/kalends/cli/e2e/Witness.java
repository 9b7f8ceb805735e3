package dev.kalends.cli.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The file to which jobs append a line each time they are executed, and the judge of it. Knows nothing of the product
 * but how a run's id is written.
 *
 * @param file what the jobs append to
 */
record Witness(Path file) {
    private static final DateTimeFormatter NOMINAL = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss[.SSS]'Z'");

    /** One execution, as the job wrote it. */
    record Line(String run, int attempt, long token, long atMs) {
        long nominalMs() {
            String text = run.substring(run.indexOf('@') + 1);
            return LocalDateTime.parse(text, NOMINAL).toInstant(ZoneOffset.UTC).toEpochMilli();
        }
    }

    /**
     * What is wrong with a history.
     *
     * @param lost expected runs without a line
     * @param extra lines of runs that nobody asked for
     * @param doubled lines of a run whose token or attempt did not rise: no lost lease explains them
     * @param early lines before the nominal instant
     * @param again lines beyond the first of a run, with rising tokens: cut off and tried again
     */
    record Verdict(List<String> lost, List<Line> extra, List<Line> doubled, List<Line> early, int again) {
        String figures() {
            return "lost=" + lost.size() + " extra=" + extra.size() + " doubled=" + doubled.size() + " early="
                    + early.size() + " again=" + again;
        }

        boolean clean() {
            return lost.isEmpty() && extra.isEmpty() && doubled.isEmpty() && early.isEmpty();
        }
    }

    /** The argument vector, as JSON, of a job that writes its line in one piece and then goes on as told. */
    String command(String afterwards) {
        String script = "echo $KALENDS_RUN_ID $KALENDS_ATTEMPT $KALENDS_TOKEN $(date +%s%3N) >> " + file;
        String whole = afterwards.isEmpty() ? script : script + "; " + afterwards;
        return "[\"/bin/sh\",\"-c\",\"" + whole.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]";
    }

    List<Line> lines() throws IOException {
        List<Line> lines = new ArrayList<>();
        if (!Files.exists(file)) {
            return lines;
        }
        for (String text : Files.readAllLines(file)) {
            String[] parts = text.split(" ", -1);
            if (parts.length != 4) {
                throw new AssertionError("not a line of a job: " + text);
            }
            lines.add(
                    new Line(parts[0], Integer.parseInt(parts[1]), Long.parseLong(parts[2]), Long.parseLong(parts[3])));
        }
        return lines;
    }

    Verdict judge(Collection<String> expected) throws IOException {
        return judge(new HashSet<>(expected), lines());
    }

    static Verdict judge(Set<String> expected, List<Line> lines) {
        Map<String, Line> lastByRun = new HashMap<>();
        List<Line> extra = new ArrayList<>();
        List<Line> doubled = new ArrayList<>();
        List<Line> early = new ArrayList<>();
        int again = 0;
        for (Line line : lines) {
            Line before = lastByRun.put(line.run(), line);
            if (!expected.contains(line.run())) {
                extra.add(line);
            }
            if (before != null && (line.token() <= before.token() || line.attempt() <= before.attempt())) {
                doubled.add(line);
            } else if (before != null) {
                again++;
            }
            if (line.atMs() < line.nominalMs()) {
                early.add(line);
            }
        }
        List<String> lost = expected.stream()
                .filter(run -> !lastByRun.containsKey(run))
                .sorted()
                .toList();
        return new Verdict(lost, extra, doubled, early, again);
    }

    /** The run id that a job's one instant must have. */
    static String runId(String job, String nominal) {
        Instant at = Instant.parse(nominal);
        String pattern =
                at.equals(at.truncatedTo(ChronoUnit.SECONDS)) ? "uuuuMMdd'T'HHmmss'Z'" : "uuuuMMdd'T'HHmmss.SSS'Z'";
        return job + "@"
                + DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC).format(at);
    }
}
