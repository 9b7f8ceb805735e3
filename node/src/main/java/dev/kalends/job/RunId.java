package dev.kalends.job;

import dev.kalends.time.CivilDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The id of a run: one nominal instant of one job, so that a replayed fire is the same run.
 *
 * <p>Text form: {@code JOB@20260308T070000Z}, with {@code .250} before the Z when there are milliseconds; manual runs
 * end in {@code .m1}, {@code .m2}…, backfills in {@code .b1}…. The number is 0 for scheduled runs.
 */
public record RunId(JobId job, long nominalMs, RunKind kind, int number) implements Comparable<RunId> {
    /** Nominal instants lie in the years 1970 to 9999. */
    public static final long NOMINAL_MAX_MS = 253_402_300_799_999L;

    private static final long DAY_MS = CivilDate.SECONDS_A_DAY * 1_000L;

    public RunId {
        if (nominalMs < 0 || nominalMs > NOMINAL_MAX_MS) {
            throw new IllegalArgumentException("nominal instant out of range; nominalMs=" + nominalMs);
        }
        if ((kind == RunKind.SCHEDULED) != (number == 0) || number < 0) {
            throw new IllegalArgumentException("number does not fit the kind; kind=" + kind + " number=" + number);
        }
    }

    /** The run of a scheduled fire. */
    public static RunId scheduled(JobId job, long nominalMs) {
        return new RunId(job, nominalMs, RunKind.SCHEDULED, 0);
    }

    /** The part after {@code @}. */
    public String instantText() {
        int date = CivilDate.ofEpochDay(nominalMs / DAY_MS);
        int secondOfDay = (int) (nominalMs % DAY_MS / 1_000);
        StringBuilder text = new StringBuilder(32);
        CivilDate.digits(text, CivilDate.year(date), 4);
        CivilDate.digits(text, CivilDate.month(date), 2);
        CivilDate.digits(text, CivilDate.day(date), 2).append('T');
        CivilDate.digits(text, secondOfDay / 3_600, 2);
        CivilDate.digits(text, secondOfDay / 60 % 60, 2);
        CivilDate.digits(text, secondOfDay % 60, 2);
        if (nominalMs % 1000 != 0) {
            CivilDate.digits(text.append('.'), (int) (nominalMs % 1000), 3);
        }
        text.append('Z');
        if (kind != RunKind.SCHEDULED) {
            text.append('.').append(kind.mark()).append(number);
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return job + "@" + instantText();
    }

    /** Reads {@code JOB@INSTANT}; empty when it is no such text. */
    public static Optional<RunId> parse(String text) {
        int at = text.indexOf('@');
        return at < 0
                ? Optional.empty()
                : JobId.parse(text.substring(0, at)).flatMap(job -> parse(job, text.substring(at + 1)));
    }

    /** Reads the part after {@code @} for a known job; empty when it is no such text. */
    public static Optional<RunId> parse(JobId job, String instantText) {
        int end = instantText.indexOf('Z');
        if (end != 15 && end != 19) {
            return Optional.empty();
        }
        Optional<Long> nominal = nominal(instantText.substring(0, end));
        String rest = instantText.substring(end + 1);
        if (nominal.isEmpty()) {
            return Optional.empty();
        }
        if (rest.isEmpty()) {
            return Optional.of(scheduled(job, nominal.get()));
        }
        if (rest.length() < 3 || rest.length() > 11 || rest.charAt(0) != '.') {
            return Optional.empty();
        }
        char mark = rest.charAt(1);
        int number = number(rest, 2, rest.length());
        if (number < 1 || (mark != 'm' && mark != 'b')) {
            return Optional.empty();
        }
        return Optional.of(new RunId(job, nominal.get(), mark == 'm' ? RunKind.MANUAL : RunKind.BACKFILL, number));
    }

    // As in JobId.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RunId id
                && id.job.value() == job.value()
                && id.nominalMs == nominalMs
                && id.kind == kind
                && id.number == number;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * job.hashCode() + Long.hashCode(nominalMs)) + number;
    }

    @Override
    public int compareTo(RunId other) {
        int byJob = job.compareTo(other.job);
        if (byJob != 0) {
            return byJob;
        }
        int byNominal = Long.compare(nominalMs, other.nominalMs);
        if (byNominal != 0) {
            return byNominal;
        }
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : Integer.compare(number, other.number);
    }

    private static Optional<Long> nominal(String text) {
        int[] parts = {
            number(text, 0, 4),
            number(text, 4, 6),
            number(text, 6, 8),
            number(text, 9, 11),
            number(text, 11, 13),
            number(text, 13, 15),
            text.length() == 19 ? number(text, 16, 19) : 0
        };
        boolean shaped = text.charAt(8) == 'T' && (text.length() == 15 || text.charAt(15) == '.');
        for (int part : parts) {
            shaped &= part >= 0;
        }
        long ms = shaped ? CivilDate.epochMs(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]) : -1;
        return ms < 0 ? Optional.empty() : Optional.of(ms + parts[6]);
    }

    /** The decimal number in a part of a text, or -1. */
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || to - from > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
