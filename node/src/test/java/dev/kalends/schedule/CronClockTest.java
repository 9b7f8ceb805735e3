package dev.kalends.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.job.DstRule;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cases in which other schedulers lose or repeat a fire, one by one. */
final class CronClockTest {
    @ParameterizedTest
    @CsvSource({
        // In the gap, at its end.
        "30 2 * * *, America/New_York, 2026-03-08T05:00:00Z, 2026-03-08T07:00:00Z",
        "30 2 * * *, America/New_York, 2026-03-08T07:00:00Z, 2026-03-09T06:30:00Z",
        "0 0 * * *, Africa/Cairo, 2026-04-23T21:59:59Z, 2026-04-23T22:00:00Z",
        "0 0 * * *, Africa/Cairo, 2026-04-23T22:00:00Z, 2026-04-24T21:00:00Z",
        // Once in the overlap, from wherever it is asked: before, between the two, and between second 01:00 and 01:30.
        "30 1 * * *, America/New_York, 2026-11-01T05:29:59Z, 2026-11-01T05:30:00Z",
        "30 1 * * *, America/New_York, 2026-11-01T05:45:00Z, 2026-11-02T06:30:00Z",
        "30 1 * * *, America/New_York, 2026-11-01T06:15:00Z, 2026-11-02T06:30:00Z",
        "'0,59 1 * * *', America/New_York, 2026-11-01T05:59:00Z, 2026-11-02T06:00:00Z",
        // A wildcard follows real time.
        "0 * * * *, America/New_York, 2026-11-01T05:00:00Z, 2026-11-01T06:00:00Z",
        "0 * * * *, America/New_York, 2026-11-01T06:00:00Z, 2026-11-01T07:00:00Z",
        "*/15 * * * *, America/New_York, 2026-03-08T06:45:00Z, 2026-03-08T07:00:00Z",
        // Far beyond the rules that are written down.
        "30 2 * * *, America/New_York, 9026-07-11T05:00:00Z, 9026-07-11T06:30:00Z"
    })
    void firesAsCronieWould(String expression, String zone, String asked, String fire) {
        long next = CronExpression.parse(expression, 0)
                .nextAfter(Instant.parse(asked).toEpochMilli(), ZoneId.of(zone), DstRule.CRON);
        assertEquals(fire, Instant.ofEpochMilli(next).toString());
    }
}
