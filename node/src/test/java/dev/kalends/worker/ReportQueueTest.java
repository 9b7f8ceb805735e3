package dev.kalends.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.api.ReportRequest;
import dev.kalends.api.ReportRequest.Report;
import dev.kalends.time.VirtualClock;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Reports are batched, repeated, and given up in the end. */
final class ReportQueueTest {
    private final VirtualClock clock = new VirtualClock(0);
    private final ReportQueue queue = new ReportQueue("w1");

    private ClockReading now() {
        return ClockReading.of(clock.monotonic(), clock.wall());
    }

    private void add(long... tokens) {
        LongStream.of(tokens)
                .forEach(token -> queue.add(
                        new Report("r@" + token, 0, 1, token, "succeeded", 0, 0, null, null, null, 0, null),
                        now().plusMs(15_000)));
    }

    private List<Long> next() {
        return queue.next(now(), 1)
                .map(request -> request.reports().stream().map(Report::token).toList())
                .orElse(List.of());
    }

    @Test
    void whatCameInWhileOneRequestWasAwayGoesOutTogether() {
        add(1);
        assertEquals(List.of(1L), next());
        add(2, 3);
        assertEquals(List.of(), next());
        assertEquals(3, queue.size());
        queue.answered();
        assertEquals(List.of(2L, 3L), next());
        queue.answered();
        assertEquals(0, queue.size());
    }

    @Test
    void aRequestIsBounded() {
        add(LongStream.rangeClosed(1, ReportRequest.REPORTS_MAX + 1).toArray());
        assertEquals(ReportRequest.REPORTS_MAX, next().size());
        queue.answered();
        assertEquals(1, next().size());
    }

    @Test
    void aFailedRequestIsRepeatedInOrderWithGrowingWaits() {
        add(1, 2);
        long waited = 0;
        for (long expected : new long[] {100, 200, 400, 800, 1_600, 2_000, 2_000}) {
            assertEquals(List.of(1L, 2L), next());
            queue.failed(now(), 0);
            assertEquals(Optional.of(expected), queue.msUntilNext(now()));
            assertEquals(List.of(), next());
            clock.advance(expected);
            waited += expected;
        }
        assertEquals(7_100, waited);
        assertEquals(List.of(1L, 2L), next());
        queue.failed(now(), 30_000);
        assertEquals(Optional.of(30_000L), queue.msUntilNext(now()), "the node asked for a longer wait");
    }

    @Test
    void aReportOutlivesItsLeaseForAWhileThenIsGivenUp() {
        add(1);
        clock.advance(15_000 + ReportQueue.KEPT_MS - 1);
        assertEquals(List.of(1L), next());
        queue.failed(now(), 0);
        clock.advance(200);
        assertEquals(List.of(), next());
        assertEquals(1, queue.givenUp());
        assertEquals(0, queue.size());
    }

    @Test
    void aRefusedRequestIsHalvedUntilTheCulpritStandsAlone() {
        add(1, 2, 3, 4);
        int accepted = 0;
        for (List<Long> batch = next(); !batch.isEmpty(); batch = next()) {
            if (batch.contains(3L)) {
                queue.refused();
            } else {
                accepted += batch.size();
                queue.answered();
            }
        }
        assertEquals(3, accepted);
        assertEquals(1, queue.givenUp());
    }
}
