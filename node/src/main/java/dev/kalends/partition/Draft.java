package dev.kalends.partition;

import dev.kalends.job.ExcludedDays;
import dev.kalends.job.JobName;
import dev.kalends.job.Policy;
import dev.kalends.job.Schedule;
import dev.kalends.job.Window;
import dev.kalends.job.Work;
import java.time.ZoneId;
import java.util.Map;

/**
 * A job that was read and checked, but not yet accepted: it has no id.
 *
 * @param bodyHash hash of the request as sent, for the submit key
 */
public record Draft(
        JobName name, When when, Window window, Work work, Policy policy, Map<String, String> labels, long bodyHash) {

    /** A schedule that may still depend on when it is accepted. */
    public sealed interface When {
        record Fixed(Schedule schedule) implements When {}

        /** Once, so long after acceptance. */
        record In(long delayMs) implements When {}

        /** Every period, first one period after acceptance. */
        record EveryFromNow(long periodMs) implements When {}

        /** As {@link EveryFromNow}, but not on certain days by their date in a zone. */
        record ExceptFromNow(long periodMs, ExcludedDays days, ZoneId zone) implements When {}
    }
}
