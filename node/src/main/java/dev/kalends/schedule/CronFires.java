package dev.kalends.schedule;

import dev.kalends.job.DstRule;
import java.time.ZoneId;

/** A cron expression in its zone. */
record CronFires(CronExpression expression, ZoneId zone, DstRule dst) implements FireTimes {
    @Override
    public long nextAfter(long afterMs) {
        return expression.nextAfter(afterMs, zone, dst);
    }

    @Override
    public long countBetween(long fromExclusiveMs, long toInclusiveMs) {
        return expression.countBetween(fromExclusiveMs, toInclusiveMs, zone, dst);
    }
}
