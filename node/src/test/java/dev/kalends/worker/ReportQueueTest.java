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
        queue.answered(now());
        assertEquals(List.of(2L, 3L), next());
        queue.answered(now());
        assertEquals(0, queue.size());
    }

    @Test
    void afterAnAnswerItRestsForAsLongAsThatTook() {
        add(1);
        assertEquals(List.of(1L), next(), "a single report does not wait");
        clock.advance(20);
        queue.answered(now());
        add(2);
        assertEquals(Optional.of(20L), queue.msUntilNext(now()));
        clock.advance(19);
        assertEquals(List.of(), next());
        add(3);
        clock.advance(1);
        assertEquals(List.of(2L, 3L), next());
        clock.advance(10_000);
        queue.answered(now());
        add(4);
        assertEquals(Optional.of(50L), queue.msUntilNext(now()), "a rest is bounded");
    }

    @Test
    void aRestEndsWhenManyWait() {
        add(1);
        assertEquals(List.of(1L), next());
        clock.advance(20);
        queue.answered(now());
        add(LongStream.range(0, 1_023).toArray());
        assertEquals(List.of(), next());
        add(1_023);
        assertEquals(1_024, next().size());
    }

    @Test
    void aRestEndsWhenAWholeRequestWaitsThatMustBeSmaller() {
        add(1, 2, 3, 4);
        assertEquals(4, next().size());
        queue.refused();
        assertEquals(2, next().size());
        queue.refused();
        assertEquals(1, next().size());
        clock.advance(20);
        queue.answered(now());
        assertEquals(List.of(2L, 3L), next(), "a request of two waits");
    }

    @Test
    void aRequestIsBounded() {
        add(LongStream.rangeClosed(1, ReportRequest.REPORTS_MAX + 1).toArray());
        assertEquals(ReportRequest.REPORTS_MAX, next().size());
        queue.answered(now());
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
                queue.answered(now());
            }
        }
        assertEquals(3, accepted);
        assertEquals(1, queue.givenUp());
    }
}
