package dev.kalends.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.Json;
import dev.kalends.api.RunView;
import dev.kalends.api.SimulateAnswer;
import dev.kalends.schedule.InstantText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A node is gone for a while under per-second, per-minute and one-off jobs of each catch-up policy: verdicts as
 * promised, no burst, and as {@code simulate} had foretold.
 *
 * <p>{@code -Dkalends.e2e.outage=SECONDS} sets for how long; the table of verdicts is left in
 * {@code target/outage-SECONDS.txt}. All fires are at whole seconds and the kill is between two, so that what happens
 * depends on the second in which a node serves again, and on nothing finer.
 */
final class OutageIT {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60_000;
    private static final long OUTAGE_MS = Integer.getInteger("kalends.e2e.outage", 20) * SECOND;
    /** Time to submit and to simulate before the kill. */
    private static final long LEAD_MS = 35 * SECOND;
    /** Seconds in which the started node may come to serve; each is simulated. */
    private static final int CANDIDATES = 12;
    /** How long before a full minute the node is killed. */
    private static final long BEFORE_MINUTE_MS = 10 * SECOND;

    private static final List<String> POLICIES = List.of("last", "all", "none");

    private final long killMs = killMs();
    private final TreeMap<Long, SimulateAnswer> foretoldByServingMs = new TreeMap<>();

    /** The minute turns once when all jobs are there, and next in the outage, ten seconds after the kill. */
    private static long killMs() {
        long readyMs = System.currentTimeMillis() + LEAD_MS;
        long firedMs = (readyMs / MINUTE + 1) * MINUTE;
        return firedMs + MINUTE - BEFORE_MINUTE_MS - SECOND / 2;
    }

    @Test
    void verdictsAreAsPromisedAndAsForetold() throws Exception {
        try (Home home = Home.make()) {
            Daemon node = home.node();
            home.run("submit", "-f", jobs(home.file("jobs")).toString()).expect(0);
            Await.until(
                    "the jobs have run before",
                    Home.START,
                    () -> runs(home, "sec-all").stream().anyMatch(run -> run.finishedAt() != null));
            foretell(home);
            Await.passing(Duration.ofMillis(killMs - System.currentTimeMillis()));
            node.kill();
            Await.passing(Duration.ofMillis(killMs + OUTAGE_MS - System.currentTimeMillis()));
            Daemon again = home.node();
            Await.until("all is made up for", Duration.ofMinutes(10), () -> madeUp(home));
            List<RunView> runs = new ArrayList<>();
            for (String job : names()) {
                runs.addAll(runs(home, job));
            }
            again.terminate();
            assertEquals(0, again.await(Duration.ofSeconds(60)));
            LedgerTable ledger = LedgerTable.read(home.data(), names());
            Files.writeString(
                    Path.of("target", "outage-" + OUTAGE_MS / SECOND + ".txt"), ledger + oneOffs(runs) + burst(runs));
            long servedMs = servedMs(ledger);
            recurringAsPromised(ledger, servedMs);
            oneOffsAsPromised(runs);
            oneAfterTheOther(runs);
            asForetold(ledger, runs, servedMs);
        }
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        for (String policy : POLICIES) {
            for (String kind : List.of("sec", "cron6", "min", "once")) {
                names.add(kind + "-" + policy);
            }
        }
        names.addAll(List.of("once-gone", "once-patient"));
        return names;
    }

    /** The jobs: what a fire finds open never decides, because overlap is allowed. */
    private Path jobs(Path file) throws Exception {
        StringBuilder lines = new StringBuilder();
        String work = "\"overlap\":\"allow\",\"command\":[\"/bin/sleep\",\"0.05\"]";
        for (String policy : POLICIES) {
            String rest = ",\"catchUp\":\"" + policy + "\"," + work + "}\n";
            lines.append("{\"name\":\"sec-").append(policy);
            lines.append("\",\"every\":\"1s\",\"anchor\":\"2026-01-01T00:00:00Z\"")
                    .append(rest);
            lines.append("{\"name\":\"cron6-")
                    .append(policy)
                    .append("\",\"cron\":\"*/2 * * * * *\"")
                    .append(rest);
            lines.append("{\"name\":\"min-")
                    .append(policy)
                    .append("\",\"cron\":\"* * * * *\"")
                    .append(rest);
            lines.append("{\"name\":\"once-").append(policy).append(at(6)).append(rest);
        }
        lines.append("{\"name\":\"once-gone")
                .append(at(4))
                .append(",\"deadline\":\"2s\",")
                .append(work)
                .append("}\n");
        lines.append("{\"name\":\"once-patient")
                .append(at(5))
                .append(",\"deadline\":\"1h\",")
                .append(work)
                .append("}\n");
        return Files.writeString(file, lines.toString());
    }

    private String at(int secondsAfterKill) {
        return "\",\"at\":\"" + InstantText.format(killMs + SECOND / 2 + secondsAfterKill * SECOND) + "\"";
    }

    /** Asks, for each second in which a node may serve again, what would then be. */
    private void foretell(Home home) throws Exception {
        for (int i = 0; i < CANDIDATES; i++) {
            long servingMs = killMs + OUTAGE_MS + i * SECOND;
            String outage = InstantText.format(killMs) + ".." + InstantText.format(servingMs);
            String span = (OUTAGE_MS + LEAD_MS + 6 * MINUTE) / SECOND + "s";
            Ended ended = home.run("simulate", "--outage", outage, "--for", span, "-o", "json")
                    .expect(0);
            foretoldByServingMs.put(
                    servingMs, Json.readAnswer(SimulateAnswer.class, ended.out().getBytes(StandardCharsets.UTF_8)));
        }
        assertTrue(
                System.currentTimeMillis() < killMs,
                "it was foretold before; lateMs=" + (System.currentTimeMillis() - killMs));
    }

    private static List<RunView> runs(Home home, String job) throws Exception {
        List<RunView> runs = new ArrayList<>();
        for (String line :
                home.run("runs", job, "-o", "ndjson").expect(0).out().lines().toList()) {
            runs.add(Json.readAnswer(RunView.class, line.getBytes(StandardCharsets.UTF_8)));
        }
        return runs;
    }

    /** Whether nothing that came due in the outage waits any more. */
    private boolean madeUp(Home home) throws Exception {
        for (String policy : POLICIES) {
            for (String kind : List.of("sec", "cron6", "min", "once")) {
                for (RunView run : runs(home, kind + "-" + policy)) {
                    boolean open = run.finishedAt() == null;
                    if (open && ms(run.nominalAt()) < killMs + OUTAGE_MS) {
                        return false;
                    }
                }
            }
        }
        // A minute's fire after the outage closes the last stretch of every ledger.
        return runs(home, "min-none").stream().anyMatch(run -> ms(run.nominalAt()) > killMs + OUTAGE_MS);
    }

    private static long ms(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }

    /** When the node served again, between two whole seconds: the first one that a job without catch-up fired at. */
    private long servedMs(LedgerTable ledger) {
        long lastMissedMs = ledger.missed("sec-none").toMs();
        long servedMs = lastMissedMs + SECOND / 2;
        assertTrue(
                foretoldByServingMs.containsKey(servedMs),
                () -> "the node took longer to start than was foretold; servedAfterMs="
                        + (servedMs - killMs - OUTAGE_MS));
        return servedMs;
    }

    private void recurringAsPromised(LedgerTable ledger, long servedMs) {
        for (String kind : List.of("sec", "cron6", "min")) {
            long periodMs = switch (kind) {
                case "sec" -> SECOND;
                case "cron6" -> 2 * SECOND;
                default -> MINUTE;
            };
            long firstMs = (killMs / periodMs + 1) * periodMs;
            long lastMs = servedMs / periodMs * periodMs;
            long inOutage = (lastMs - firstMs) / periodMs + 1;
            assertEquals(List.of("succeeded"), ledger.words(kind + "-all"), "each was made up for");
            assertEquals(
                    List.of("succeeded", "missed", "succeeded"), ledger.words(kind + "-none"), "a few lines, no more");
            LedgerTable.Stretch none = ledger.missed(kind + "-none");
            assertEquals(new LedgerTable.Stretch(firstMs, lastMs, inOutage), none);
            if (inOutage == 1) {
                assertEquals(List.of("succeeded"), ledger.words(kind + "-last"));
            } else {
                assertEquals(List.of("succeeded", "missed", "succeeded"), ledger.words(kind + "-last"));
                assertEquals(
                        new LedgerTable.Stretch(firstMs, lastMs - periodMs, inOutage - 1),
                        ledger.missed(kind + "-last"));
            }
            for (String policy : POLICIES) {
                ledger.checkWhole(kind + "-" + policy, periodMs);
            }
        }
    }

    private static void oneOffsAsPromised(List<RunView> runs) {
        for (String job : names()) {
            if (job.startsWith("once-")) {
                List<RunView> its =
                        runs.stream().filter(run -> job.equals(run.jobName())).toList();
                assertEquals(1, its.size(), () -> "fires once: " + its);
                String state = its.getFirst().state();
                assertEquals(job.equals("once-gone") ? "missed" : "succeeded", state, job);
                assertEquals(job.equals("once-gone") ? 0 : 1, its.getFirst().attempt(), job);
            }
        }
    }

    /** The runs of a job that makes up for all: none starts before the one before it has ended. */
    private void oneAfterTheOther(List<RunView> runs) {
        for (String kind : List.of("sec", "cron6", "min")) {
            List<RunView> madeUp = runs.stream()
                    .filter(run -> (kind + "-all").equals(run.jobName()))
                    .filter(run -> ms(run.nominalAt()) > killMs && ms(run.nominalAt()) < killMs + OUTAGE_MS)
                    .sorted(Comparator.comparing(RunView::nominalAt))
                    .toList();
            assertTrue(!madeUp.isEmpty(), kind);
            for (int i = 1; i < madeUp.size(); i++) {
                long endedMs = ms(String.valueOf(madeUp.get(i - 1).finishedAt()));
                long startedMs = ms(String.valueOf(madeUp.get(i).startedAt()));
                assertTrue(startedMs >= endedMs, madeUp.get(i - 1) + " then " + madeUp.get(i));
            }
        }
    }

    private void asForetold(LedgerTable ledger, List<RunView> runs, long servedMs) {
        SimulateAnswer foretold = Objects.requireNonNull(foretoldByServingMs.get(servedMs));
        assertEquals(names().size(), foretold.jobs().size());
        for (SimulateAnswer.Job job : foretold.jobs()) {
            String name = String.valueOf(job.name());
            List<String> missed = job.verdicts().stream()
                    .filter(verdict -> verdict.verdict().equals("missed"))
                    .map(verdict ->
                            verdict.from() + " " + verdict.to() + " " + verdict.count() + " " + verdict.reason())
                    .toList();
            long caughtUp = runs.stream()
                    .filter(run -> name.equals(run.jobName()) && run.startedAt() != null)
                    .filter(run -> ms(run.nominalAt()) > killMs && ms(run.nominalAt()) < servedMs)
                    .count();
            List<String> really = name.startsWith("once-")
                    ? runs.stream()
                            .filter(run ->
                                    name.equals(run.jobName()) && run.state().equals("missed"))
                            .map(run -> run.nominalAt() + " " + run.nominalAt() + " 1 " + run.reason())
                            .toList()
                    : ledger.missedTexts(name);
            assertEquals(missed, really, name);
            assertEquals(job.counts().caughtUp().count(), caughtUp, name);
            assertEquals(0, job.counts().skipped(), name);
        }
    }

    private static String oneOffs(List<RunView> runs) {
        StringBuilder text = new StringBuilder();
        for (RunView run : runs) {
            if (String.valueOf(run.jobName()).startsWith("once-")) {
                text.append(String.format(
                        java.util.Locale.ROOT,
                        "%-12s %s %s, attempts %d, started %s %s%n",
                        run.jobName(),
                        run.nominalAt(),
                        run.state(),
                        run.attempt(),
                        run.startedAt(),
                        run.reason() == null ? "" : run.reason()));
            }
        }
        return text.toString();
    }

    /** The second with most starts, for the record. */
    private String burst(List<RunView> runs) {
        List<Long> starts = runs.stream()
                .filter(run -> run.startedAt() != null)
                .map(run -> ms(String.valueOf(run.startedAt())))
                .sorted()
                .toList();
        int most = 0;
        int from = 0;
        for (int to = 0; to < starts.size(); to++) {
            while (starts.get(to) - starts.get(from) >= SECOND) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        long served = foretoldByServingMs.firstKey();
        int foretold = foretoldByServingMs.values().stream()
                .map(SimulateAnswer::busiest)
                .mapToInt(busiest -> busiest == null ? 0 : busiest.starts())
                .max()
                .orElse(0);
        return "killed " + InstantText.format(killMs) + ", started " + InstantText.format(served)
                + "\nmost starts within a second: " + most + ", foretold at most " + foretold + "\n";
    }
}
