package dev.kalends.journal;

import dev.kalends.job.ExcludedDays;
import dev.kalends.job.Schedule;
import java.time.ZoneId;

/**
 * Encodes the days that a schedule leaves out: about four bytes for a date or a range, six for a month of every year.
 *
 * <p>A range begins with the distance of its first day from the end of the range before; how many days more it has
 * follows where there are any.
 */
final class ExceptCodec {
    private static final int ZONE = 1;
    private static final int FROM_AFTER = 2;
    private static final int DAYS_MORE = 3;
    private static final int EVERY_YEAR = 4;
    /** A month takes the low bits of a number, the bits of its days those above. */
    private static final int MONTH_BITS = 4;

    private ExceptCodec() {}

    /** What is left out, before it is known of what schedule. */
    record Days(ExcludedDays days, ZoneId zone) {
        Schedule of(Schedule base) {
            return new Schedule.Except(base, days, zone);
        }
    }

    static FieldWriter write(Schedule.Except except) {
        FieldWriter out = new FieldWriter();
        out.text(ZONE, except.zone().getId());
        ExcludedDays days = except.days();
        int previous = 0;
        for (int i = 0; i < days.ranges(); i++) {
            out.presentNumber(FROM_AFTER, days.from(i) - previous);
            out.number(DAYS_MORE, days.through(i) - days.from(i));
            previous = days.through(i);
        }
        for (int month = 1; month <= 12; month++) {
            if (days.everyYear(month) != 0) {
                out.presentNumber(EVERY_YEAR, (days.everyYear(month) & 0xffffffffL) << MONTH_BITS | month);
            }
        }
        return out;
    }

    static Days read(FieldReader in) {
        ExcludedDays.Builder days = new ExcludedDays.Builder();
        String zone = "";
        int from = -1;
        int through = 0;
        while (in.next()) {
            switch (in.field()) {
                case ZONE -> zone = in.text();
                case FROM_AFTER -> {
                    if (from >= 0) {
                        days.dates(from, through);
                    }
                    from = Math.addExact(through, in.small());
                    through = from;
                }
                case DAYS_MORE -> through = Math.addExact(through, in.small());
                case EVERY_YEAR -> everyYear(in.number(), days);
                default -> in.skip();
            }
        }
        if (from >= 0) {
            days.dates(from, through);
        }
        return new Days(days.build(), ZoneId.of(zone));
    }

    private static void everyYear(long monthAndDays, ExcludedDays.Builder days) {
        int month = (int) monthAndDays & (1 << MONTH_BITS) - 1;
        for (int left = (int) (monthAndDays >>> MONTH_BITS); left != 0; left &= left - 1) {
            days.everyYear(month, Integer.numberOfTrailingZeros(left));
        }
    }
}
