package dev.kalends.job;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The id of a job: an address inside, a name outside.
 *
 * <p>The 64 bits are {@code 0 | partition 10 | day 17 | sequence 36}. The day is the UTC day number (since 1970) of a
 * one-off job's first due instant, or 0 for recurring and manual jobs. Users see 13 characters of Crockford base32
 * after a fixed reversible bit-mix, so that neighbours in time do not look alike.
 */
public record JobId(long value) implements Comparable<JobId> {
    /** Largest partition number plus one. */
    public static final int PARTITIONS_MAX = 1 << 10;
    /** Largest day number plus one: the year 2328. */
    public static final int DAYS_MAX = 1 << 17;
    /** Largest sequence number plus one, within one day and partition. */
    public static final long SEQUENCES_MAX = 1L << 36;
    /** Characters of the displayed form. */
    public static final int TEXT_LENGTH = 13;

    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final long MIX_1 = 0xbf58476d1ce4e5b9L;
    private static final long MIX_2 = 0x94d049bb133111ebL;
    private static final long UNMIX_1 = inverse(MIX_1);
    private static final long UNMIX_2 = inverse(MIX_2);

    public JobId {
        if (value < 0) {
            throw new IllegalArgumentException("a job id has its highest bit clear; value=" + value);
        }
    }

    /** Composes an id; throws {@link IllegalArgumentException} when a part is out of range. */
    public static JobId of(int partition, int day, long sequence) {
        if (partition < 0 || partition >= PARTITIONS_MAX || day < 0 || day >= DAYS_MAX) {
            throw new IllegalArgumentException("id part out of range; partition=" + partition + " day=" + day);
        }
        if (sequence < 0 || sequence >= SEQUENCES_MAX) {
            throw new IllegalArgumentException("sequence out of range; sequence=" + sequence);
        }
        return new JobId(((long) partition << 53) | ((long) day << 36) | sequence);
    }

    /** Reads the displayed form, upper or lower case; empty when it is no such text. */
    public static Optional<JobId> parse(String text) {
        if (text.length() != TEXT_LENGTH) {
            return Optional.empty();
        }
        long bits = 0;
        for (int i = 0; i < TEXT_LENGTH; i++) {
            int digit = ALPHABET.indexOf(Character.toLowerCase(text.charAt(i)));
            if (digit < 0 || (i == 0 && digit > 15)) {
                return Optional.empty();
            }
            bits = (bits << 5) | digit;
        }
        long value = unmix(bits);
        return value < 0 ? Optional.empty() : Optional.of(new JobId(value));
    }

    /** The partition that owns the job, 0 to 1023. */
    public int partition() {
        return (int) (value >>> 53);
    }

    /** The home slot: UTC day number of the first due instant, 0 for jobs without one. */
    public int day() {
        return (int) (value >>> 36) & (DAYS_MAX - 1);
    }

    /** The place in the home slot, from 0. */
    public long sequence() {
        return value & (SEQUENCES_MAX - 1);
    }

    // A record's own two are a chain of method handles, which is slow until it is compiled: maps of ids are everywhere.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JobId id && id.value == value;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(value);
    }

    @Override
    public int compareTo(JobId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        char[] text = new char[TEXT_LENGTH];
        long bits = mix(value);
        for (int i = TEXT_LENGTH - 1; i >= 0; i--) {
            text[i] = ALPHABET.charAt((int) (bits & 31));
            bits >>>= 5;
        }
        return new String(text);
    }

    private static long mix(long value) {
        long bits = (value ^ (value >>> 30)) * MIX_1;
        bits = (bits ^ (bits >>> 27)) * MIX_2;
        return bits ^ (bits >>> 31);
    }

    private static long unmix(long mixed) {
        long bits = (mixed ^ (mixed >>> 31) ^ (mixed >>> 62)) * UNMIX_2;
        bits = (bits ^ (bits >>> 27) ^ (bits >>> 54)) * UNMIX_1;
        return bits ^ (bits >>> 30) ^ (bits >>> 60);
    }

    /** Newton's iteration for the inverse of an odd number modulo 2^64. */
    private static long inverse(long odd) {
        long inverse = odd;
        for (int i = 0; i < 5; i++) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }
}
