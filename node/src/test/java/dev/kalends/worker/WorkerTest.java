package dev.kalends.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.Grant;
import dev.kalends.api.ReportRequest.Report;
import dev.kalends.time.MonotonicClock;
import dev.kalends.time.WallClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The whole worker against a leader in memory. */
final class WorkerTest {
    private static WorkerSettings settings(int slots) {
        return new WorkerSettings(
                "w1",
                List.of("default"),
                slots,
                "test",
                Duration.ofMillis(200),
                Optional.of(Isolation.SUPERVISED),
                AddressPolicy.NO_LINK_LOCAL,
                Map.of("PATH", "/usr/bin:/bin"),
                MonotonicClock.system(),
                WallClock.system());
    }

    private static Grant shell(int number, String script) {
        return Grants.shell(script).run("r" + number + "@1", number).grant();
    }

    @Test
    void everyNoopIsReportedOnceInBatches() throws InterruptedException {
        int runs = 50_000;
        FakeLeader leader = new FakeLeader(15_000);
        leader.offer(IntStream.rangeClosed(1, runs)
                .mapToObj(i -> Grants.noop().run("r" + i + "@1", i).grant())
                .toArray(Grant[]::new));
        try (Worker worker = new Worker(settings(1_000), leader)) {
            worker.start();
            List<Report> reports = leader.awaitReports(runs);
            assertEquals(runs, reports.stream().map(Report::token).distinct().count());
            assertEquals(runs, reports.size());
            assertTrue(reports.stream().allMatch(report -> report.end().equals("succeeded")));
        }
    }

    @Test
    void neverMoreAtATimeThanSlots() throws InterruptedException {
        FakeLeader leader = new FakeLeader(15_000);
        leader.offer(
                IntStream.rangeClosed(1, 9).mapToObj(i -> shell(i, "exit " + i)).toArray(Grant[]::new));
        try (Worker worker = new Worker(settings(2), leader)) {
            worker.start();
            List<Report> reports = leader.awaitReports(9);
            assertEquals(
                    45,
                    reports.stream()
                            .mapToInt(report -> report.exitCode() == null ? 0 : report.exitCode())
                            .sum());
            assertEquals(2, leader.mostGranted());
        }
    }

    @Test
    void outputComesWhileItRunsAndACancelStopsIt() throws InterruptedException {
        FakeLeader leader = new FakeLeader(2_000);
        leader.offer(shell(1, "echo here; sleep 60"));
        try (Worker worker = new Worker(settings(1), leader)) {
            worker.start();
            leader.awaitOutput();
            leader.cancel("r1@1");
            Report report = leader.awaitReports(1).getFirst();
            assertEquals("cancelled", report.end());
            assertEquals(5, report.outputOffset(), "the output had already come with a renewal");
        }
    }

    @Test
    void aLostLeaseKillsAndIsNotReported() throws InterruptedException {
        FakeLeader leader = new FakeLeader(2_000);
        leader.takeAway("r1@1");
        leader.offer(shell(1, "sleep 60"));
        try (Worker worker = new Worker(settings(1), leader)) {
            worker.start();
            leader.offer(shell(2, "true"));
            assertEquals(
                    List.of(2L),
                    leader.awaitReports(1).stream().map(Report::token).toList());
        }
    }

    @Test
    void disownsWhatItNeverGot() throws InterruptedException {
        FakeLeader leader = new FakeLeader(15_000);
        leader.doubt("r9@1", 9);
        try (Worker worker = new Worker(settings(1), leader)) {
            worker.start();
            leader.awaitDisowned("r9@1");
        }
    }

    @Test
    void aNodeThatKnowsNothingOfDisowningCostsNoLease() throws InterruptedException {
        FakeLeader leader = new FakeLeader(3_000);
        leader.knowsNothingOfDisowning();
        leader.doubt("r9@1", 9);
        leader.offer(shell(1, "sleep 60"));
        try (Worker worker = new Worker(settings(1), leader)) {
            worker.start();
            leader.awaitRenewals(3);
            assertEquals(0, worker.figures().overdue());
        }
    }

    @Test
    void aLeaderThatStaysAwayCostsTheRunAndItsReportComesLater() throws InterruptedException {
        FakeLeader leader = new FakeLeader(1_500);
        String mark = "303." + System.nanoTime();
        leader.offer(shell(1, "trap '' TERM; echo up; sleep " + mark + "; sleep " + mark), shell(2, "exit 0"));
        try (Worker worker = new Worker(settings(1), leader)) {
            worker.start();
            leader.awaitOutput();
            leader.goAway();
            Strays.awaitNone(mark);
            leader.comeBack();
            List<Report> reports = leader.awaitReports(2);
            assertEquals("lost", reports.getFirst().end());
            assertEquals("succeeded", reports.getLast().end());
            assertEquals(1, worker.figures().overdue());
        }
    }

    @Test
    void drainingLetsFinishThenStopsThenReports() throws InterruptedException {
        FakeLeader leader = new FakeLeader(15_000);
        leader.offer(shell(1, "sleep 0.3; exit 5"), shell(2, "trap '' TERM; sleep 60; sleep 60"));
        Worker worker = new Worker(settings(2), leader);
        worker.start();
        leader.awaitGranted(2);
        leader.offer(Grants.noop().run("r3@1", 3).grant());
        worker.drain(Duration.ofMillis(800));
        List<Report> reports = leader.awaitReports(2);
        Map<Long, String> endByToken = reports.stream().collect(Collectors.toMap(Report::token, Report::end));
        assertEquals(Map.of(1L, "failed", 2L, "lost"), endByToken);
        assertEquals(0, worker.running());
        assertThrows(IllegalStateException.class, worker::start);
    }
}
