package dev.kalends.sqlite;

import dev.kalends.job.JobId;
import dev.kalends.journal.FieldReader;
import dev.kalends.journal.StoreException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Names that follow one another, each with its job, as the bytes of one row of {@link NameTable}. Names are compared as
 * unsigned bytes of UTF-8.
 *
 * <p>A name is written as what it does not share with the one before it (front coding, as in Witten, Moffat and Bell,
 * "Managing Gigabytes", 1999), its job as one number of as few bytes as the leaf's greatest needs: days from the leaf's
 * first, times the sequences a day has here, plus the sequence. Twelve characters in no order and a job are seven bytes
 * among ten million.
 *
 * <pre>
 * leaf  = prefix length, prefix, first day, sequences a day, width (1 byte), entry*
 * entry = shared and own length (4 bits each, 15 says that the rest follows), own bytes, job (width bytes)
 * </pre>
 *
 * Numbers are varints; {@code shared} counts from behind the prefix. A day here has its partition's number in front.
 */
final class NameLeaf {
    /** A name and the job that has it. */
    record Entry(byte[] name, long job) {}

    private static final long SEQUENCE_MASK = JobId.SEQUENCES_MAX - 1;
    private static final int NIBBLE_FULL = 15;
    private static final int VARINT_SHIFT_MAX = 63;
    /** More than any name has: what is longer is damaged. */
    private static final int NAME_BYTES_MAX = 4096;
    /** What an entry has beside its own bytes at most: two lengths and a job. */
    private static final int ENTRY_BYTES_MAX = 1 + 2 * 2 + Long.BYTES;
    /** The same of what goes before the entries, beside the prefix. */
    private static final int HEAD_BYTES_MAX = 2 + 2 * 9 + 1;

    private NameLeaf() {}

    /** The bytes of entries, which must be in order and not the same twice. */
    static byte[] encode(List<Entry> entries) {
        byte[] first = entries.getFirst().name();
        int prefix = shared(first, entries.getLast().name());
        Jobs jobs = Jobs.of(entries);
        ByteBuffer out = ByteBuffer.allocate(bytesMax(entries));
        varint(out, prefix);
        out.put(first, 0, prefix);
        varint(out, jobs.firstDay());
        varint(out, jobs.sequences());
        out.put((byte) jobs.width());
        byte[] before = Arrays.copyOf(first, prefix);
        for (Entry entry : entries) {
            byte[] name = entry.name();
            int same = shared(before, name);
            lengths(out, same - prefix, name.length - same);
            out.put(name, same, name.length - same);
            long code = jobs.code(entry.job());
            for (int shift = Byte.SIZE * (jobs.width() - 1); shift >= 0; shift -= Byte.SIZE) {
                out.put((byte) (code >>> shift));
            }
            before = name;
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private static int bytesMax(List<Entry> entries) {
        int bytes = HEAD_BYTES_MAX + entries.getFirst().name().length;
        for (Entry entry : entries) {
            bytes += ENTRY_BYTES_MAX + entry.name().length;
        }
        return bytes;
    }

    private static void lengths(ByteBuffer out, int same, int own) {
        out.put((byte) (Math.min(same, NIBBLE_FULL) << 4 | Math.min(own, NIBBLE_FULL)));
        if (same >= NIBBLE_FULL) {
            varint(out, same - NIBBLE_FULL);
        }
        if (own >= NIBBLE_FULL) {
            varint(out, own - NIBBLE_FULL);
        }
    }

    private static void varint(ByteBuffer out, long value) {
        long left = value;
        while ((left & ~0x7fL) != 0) {
            out.put((byte) (left | 0x80));
            left >>>= 7;
        }
        out.put((byte) left);
    }

    /** The entries of some bytes, in order. */
    static List<Entry> decode(byte[] leaf) {
        List<Entry> entries = new ArrayList<>();
        read(leaf, cursor -> {
            entries.add(new Entry(cursor.copyOfName(), cursor.job));
            return true;
        });
        return entries;
    }

    /** The job that has a name, or -1. */
    static long find(byte[] leaf, byte[] name) {
        long[] job = {-1};
        read(leaf, cursor -> {
            int order = cursor.compareTo(name);
            if (order == 0) {
                job[0] = cursor.job;
            }
            return order < 0;
        });
        return job[0];
    }

    /** How many bytes two names have in common. */
    static int shared(byte[] left, byte[] right) {
        int different = Arrays.mismatch(left, right);
        return different < 0 ? left.length : different;
    }

    private static void read(byte[] leaf, Predicate<Cursor> more) {
        try {
            Cursor cursor = new Cursor(ByteBuffer.wrap(leaf));
            boolean wanted = true;
            while (wanted && cursor.next()) {
                wanted = more.test(cursor);
            }
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            StoreException damaged = FieldReader.damaged("names are damaged");
            damaged.addSuppressed(e);
            throw damaged;
        }
    }

    /** How a leaf's jobs are numbers that are as small as can be. */
    private record Jobs(long firstDay, long sequences, int width) {
        static Jobs of(List<Entry> entries) {
            long firstDay = Long.MAX_VALUE;
            long lastDay = 0;
            long sequences = 1;
            for (Entry entry : entries) {
                long day = entry.job() >>> SlotIds.DAY_SHIFT;
                firstDay = Math.min(firstDay, day);
                lastDay = Math.max(lastDay, day);
                sequences = Math.max(sequences, (entry.job() & SEQUENCE_MASK) + 1);
            }
            long greatest = (lastDay - firstDay + 1) * sequences - 1;
            int bits = Long.SIZE - Long.numberOfLeadingZeros(greatest);
            return new Jobs(firstDay, sequences, (bits + Byte.SIZE - 1) / Byte.SIZE);
        }

        long code(long job) {
            return ((job >>> SlotIds.DAY_SHIFT) - firstDay) * sequences + (job & SEQUENCE_MASK);
        }

        long job(long code) {
            return (firstDay + code / sequences) << SlotIds.DAY_SHIFT | code % sequences;
        }
    }

    /** Goes from entry to entry. */
    private static final class Cursor {
        private final ByteBuffer in;
        private final int prefix;
        private final Jobs jobs;
        private byte[] name = new byte[64];
        private int length;
        private long job;

        Cursor(ByteBuffer in) {
            this.in = in;
            prefix = length(varint());
            in.get(name, 0, prefix);
            length = prefix;
            jobs = new Jobs(varint(), varint(), in.get());
            if (jobs.sequences() <= 0 || jobs.width() < 0 || jobs.width() > Long.BYTES) {
                throw FieldReader.damaged(
                        "names are damaged; sequences=" + jobs.sequences() + " width=" + jobs.width());
            }
        }

        boolean next() {
            if (!in.hasRemaining()) {
                return false;
            }
            int head = in.get() & 0xff;
            int same = prefix + whole(head >>> 4);
            int own = whole(head & NIBBLE_FULL);
            if (same > length) {
                throw FieldReader.damaged("names are damaged; shared=" + same + " of=" + length);
            }
            length = length((long) same + own);
            in.get(name, same, own);
            long code = 0;
            for (int i = 0; i < jobs.width(); i++) {
                code = code << Byte.SIZE | (in.get() & 0xff);
            }
            job = jobs.job(code);
            if (job < 0) {
                throw FieldReader.damaged("names are damaged; job=" + job);
            }
            return true;
        }

        int compareTo(byte[] other) {
            return Arrays.compareUnsigned(name, 0, length, other, 0, other.length);
        }

        byte[] copyOfName() {
            return Arrays.copyOf(name, length);
        }

        private int whole(int nibble) {
            return nibble == NIBBLE_FULL ? NIBBLE_FULL + length(varint()) : nibble;
        }

        /** A length, with room made for it. */
        private int length(long value) {
            if (value < 0 || value > NAME_BYTES_MAX) {
                throw FieldReader.damaged("names are damaged; length=" + value);
            }
            if (value > name.length) {
                name = Arrays.copyOf(name, (int) value);
            }
            return (int) value;
        }

        private long varint() {
            long value = 0;
            for (int shift = 0; shift < VARINT_SHIFT_MAX; shift += 7) {
                byte part = in.get();
                value |= (part & 0x7fL) << shift;
                if (part >= 0) {
                    return value;
                }
            }
            throw FieldReader.damaged("names are damaged: a number is too long");
        }
    }
}
