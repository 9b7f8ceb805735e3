package dev.kalends.cli.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checker finds nothing in a good history, and each planted fault as what it is. */
final class HistoryCheckerTest {
    private static final long BASE = 1_800_000_000_000L;
    private static final long PERIOD = 1_000;
    private static final long WINDOW = 700;
    private static final int RUNS = 20;

    private final List<Target> targets = new ArrayList<>();
    private final List<Execution> executions = new ArrayList<>();
    private final List<RunRecord> records = new ArrayList<>();

    HistoryCheckerTest() {
        for (int i = 0; i < RUNS; i++) {
            targets.add(target(i, Need.REQUIRED));
            executions.add(execution(i, 1, 20 + i));
            records.add(record(i, "succeeded", "succeeded"));
        }
    }

    private static long nominal(int i) {
        return BASE + i * PERIOD;
    }

    private static Target target(int i, Need need) {
        return new Target("job", nominal(i), nominal(i) + WINDOW, need, true);
    }

    private static Execution execution(int i, int attempt, long afterMs) {
        long start = nominal(i) + afterMs;
        return new Execution("job", "job@" + i, attempt, 10L * i + attempt, nominal(i), start, start + 5);
    }

    private static RunRecord record(int i, String state, String... ends) {
        return new RunRecord(
                "job", "job@" + i, nominal(i), state, ends.length, nominal(i), nominal(i) + 20, List.of(ends));
    }

    private Verdict judge() {
        return HistoryChecker.judge(new History(targets, executions, records));
    }

    private void expect(Map<Fault, Long> expected) {
        Verdict verdict = judge();
        Map<Fault, Long> found = new EnumMap<>(Fault.class);
        verdict.findings().forEach(finding -> found.merge(finding.fault(), 1L, Long::sum));
        assertEquals(expected, found, () -> verdict.findings().toString());
        assertEquals(
                expected.keySet().stream().allMatch(Fault.LATE::equals),
                verdict.sound(),
                "only what is late is bearable");
    }

    private void change(int i, UnaryOperator<Execution> change) {
        executions.set(i, change.apply(executions.get(i)));
    }

    @Test
    void aGoodHistoryIsSound() {
        expect(Map.of());
        Verdict verdict = judge();
        assertEquals(RUNS, verdict.targets());
        assertEquals(RUNS, verdict.executed());
        assertEquals(29, verdict.quantileMs(0.5));
        assertEquals(39, verdict.quantileMs(1));
        assertEquals(
                "targets=20 executed=20 lost=0 late=0 doubled=0 early=0 unexplained=0 again=0 cut=0",
                verdict.figures());
    }

    @Test
    void aMissingExecutionIsLost() {
        executions.remove(7);
        expect(Map.of(Fault.LOST, 1L));
        assertEquals(
                "lost job: no complete execution; nominalMs=" + nominal(7),
                judge().findings().getFirst().toString());
    }

    @Test
    void anExecutionThatDidNotEndIsNone() {
        change(7, e -> new Execution(e.job(), e.run(), e.attempt(), e.token(), e.nominalMs(), e.startMs(), 0));
        expect(Map.of(Fault.LOST, 1L));
        assertEquals(1, judge().cut());
        executions.add(execution(7, 2, 300));
        expect(Map.of());
    }

    @Test
    void aMissingRecordIsLost() {
        records.remove(7);
        expect(Map.of(Fault.LOST, 1L));
    }

    @Test
    void aRunThatGaveUpIsLost() {
        records.set(7, record(7, "dead", "failed"));
        expect(Map.of(Fault.LOST, 1L));
    }

    @Test
    void theSameAttemptTwiceIsDoubled() {
        executions.add(execution(7, 1, 300));
        expect(Map.of(Fault.DOUBLED, 1L));
    }

    @Test
    void aFurtherAttemptAfterASuccessIsDoubled() {
        executions.add(execution(7, 2, 300));
        records.set(7, record(7, "succeeded", "succeeded", "succeeded"));
        expect(Map.of(Fault.DOUBLED, 1L));
    }

    @Test
    void aFurtherAttemptAfterALostLeaseIsExplained() {
        executions.add(execution(7, 2, 300));
        records.set(7, record(7, "succeeded", "lost", "succeeded"));
        expect(Map.of());
        assertEquals(1, judge().again());
    }

    @Test
    void aTokenThatDoesNotRiseIsDoubled() {
        Execution later = execution(7, 2, 300);
        executions.add(new Execution(
                later.job(), later.run(), 2, 10L * 7 + 1, later.nominalMs(), later.startMs(), later.endMs()));
        records.set(7, record(7, "succeeded", "lost", "succeeded"));
        expect(Map.of(Fault.DOUBLED, 1L));
    }

    @Test
    void twoRunsOfOneInstantAreUnexplained() {
        Execution other = execution(7, 1, 300);
        executions.add(new Execution("job", "job@7x", 1, 999, other.nominalMs(), other.startMs(), other.endMs()));
        expect(Map.of(Fault.UNEXPLAINED, 1L));
    }

    @Test
    void twoRecordsOfOneInstantAreDoubled() {
        records.add(record(7, "succeeded", "succeeded"));
        expect(Map.of(Fault.DOUBLED, 1L));
    }

    @Test
    void aStartBeforeItsInstantIsEarly() {
        change(0, e -> execution(0, 1, -3));
        expect(Map.of(Fault.EARLY, 1L, Fault.UNEXPLAINED, 1L, Fault.LOST, 1L));
    }

    @Test
    void aRunThatLiesAboutItsInstantIsEarly() {
        change(19, e -> {
            long start = nominal(19) - 100;
            return new Execution(e.job(), e.run(), 1, e.token(), start - 50, start, start + 5);
        });
        expect(Map.of(Fault.EARLY, 1L));
    }

    @Test
    void aRecordOfAnEarlyStartIsEarly() {
        RunRecord r = records.get(7);
        records.set(
                7,
                new RunRecord(
                        r.job(), r.run(), r.nominalMs(), r.state(), 1, r.firedMs(), r.nominalMs() - 1, r.attempts()));
        expect(Map.of(Fault.EARLY, 1L));
    }

    @Test
    void aStrangerIsUnexplained() {
        executions.add(new Execution("stranger", "stranger@1", 1, 1, BASE, BASE + 5, BASE + 6));
        records.add(new RunRecord("stranger", "stranger@1", BASE, "succeeded", 1, BASE, BASE + 5, List.of()));
        expect(Map.of(Fault.UNEXPLAINED, 2L));
    }

    @Test
    void aStartAfterItsWindowIsLateAndStealsNoOthersTarget() {
        // The eighth starts in the window of the ninth, before the ninth: by time alone it is the ninth that is late.
        change(7, e -> execution(7, 1, PERIOD + 10));
        expect(Map.of(Fault.LATE, 1L));
        assertEquals(PERIOD + 28, judge().quantileMs(1));
    }

    @Test
    void oneLostRunMakesNoOtherLate() {
        executions.remove(3);
        records.remove(3);
        expect(Map.of(Fault.LOST, 2L));
        assertTrue(judge().quantileMs(1) < WINDOW);
    }

    @Test
    void whatIsInDoubtMayBeAndMayNotBe() {
        targets.set(7, target(7, Need.OPTIONAL));
        expect(Map.of());
        executions.remove(7);
        records.remove(7);
        expect(Map.of());
    }

    @Test
    void whatWasCancelledMustNotRun() {
        targets.set(7, target(7, Need.FORBIDDEN));
        expect(Map.of(Fault.UNEXPLAINED, 2L));
        executions.remove(7);
        records.set(7, record(7, "cancelled"));
        expect(Map.of());
    }

    @Test
    void ofAJobWithoutWitnessTheRecordsTell() {
        targets.replaceAll(t -> new Target(t.job(), t.nominalMs(), t.deadlineMs(), t.need(), false));
        executions.clear();
        expect(Map.of());
        assertEquals(20, judge().quantileMs(0.5));
        records.remove(7);
        expect(Map.of(Fault.LOST, 1L));
    }

    /** Whatever is taken out or put in at random is found, and is never mistaken for a sound history. */
    @Test
    void anyPlantedFaultIsFound() {
        Random random = new Random(20_260_308);
        for (int round = 0; round < 200; round++) {
            HistoryCheckerTest copy = new HistoryCheckerTest();
            int i = random.nextInt(RUNS);
            switch (round % 4) {
                case 0 -> copy.executions.remove(i);
                case 1 -> copy.executions.add(execution(i, 1, 200 + random.nextInt(400)));
                case 2 -> copy.change(i, e -> execution(i, 1, -1 - random.nextInt(900)));
                case 3 -> copy.records.remove(i);
                default -> throw new IllegalStateException("round=" + round);
            }
            assertFalse(copy.judge().sound(), "round=" + round);
        }
    }

    @Test
    void filesAreARoundTrip(@TempDir Path directory) throws Exception {
        records.set(7, record(7, "succeeded", "lost", "succeeded"));
        records.set(8, record(8, "cancelled"));
        History history = new History(targets, executions, records);
        HistoryFiles.write(directory, history);
        assertEquals(history, HistoryFiles.read(directory));
    }
}
