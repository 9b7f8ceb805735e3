package dev.kalends.timer;

import static dev.kalends.timer.TimerChunks.NONE;

import java.util.Arrays;

/**
 * The entries of one slot in order of time, from which they go out.
 *
 * <p>To sort up to a few thousand entries in the nearest caches costs less than to hand each of them down level by
 * level to a list of its own, which it would share with hardly any other. What is sorted is one number an entry: how
 * far into the slot it is due, then its place, so those of one instant keep their order.
 */
final class TimerRun {
    /** Entries at most. */
    static final int MAX = 1 << 12;

    private static final int PLACE_BITS = 12;
    private static final int PLACE = MAX - 1;
    /** Where counting begins to be quicker than comparing. */
    private static final int MANY = 48;

    private static final int DIGIT_BITS = 8;
    private static final int DIGIT = (1 << DIGIT_BITS) - 1;

    /** The entries as they lay in the slot, two words each. */
    private long[] words = new long[0];
    /** How far into the slot an entry is due, and its place above, in order of time. */
    private long[] order = new long[0];

    private long[] spare = new long[0];
    private final int[] counts = new int[1 << DIGIT_BITS];

    private long startMs;
    private int next;
    private int end;

    boolean isEmpty() {
        return next == end;
    }

    /** When the first entry is due, {@link Long#MAX_VALUE} when there is none. */
    long dueMs() {
        return next == end ? Long.MAX_VALUE : startMs + (order[next] >>> PLACE_BITS);
    }

    /** The id of the first entry. */
    int id() {
        return TimerChunks.id(words[place()]);
    }

    /** The payload of the first entry. */
    long payload() {
        return words[place() + 1];
    }

    /** Goes on to the next entry. */
    void advance() {
        next++;
    }

    /** Forgets all entries. */
    void clear() {
        next = 0;
        end = 0;
    }

    /**
     * Takes a slot's entries over, if it has none itself and they are few enough; whether it did.
     *
     * @param first the slot's first chunk; all are freed
     * @param slotBits how many bits tell the instants of the slot
     */
    boolean fill(TimerChunks chunks, int first, long slotStartMs, int slotBits) {
        if (next != end) {
            return false;
        }
        int entries = entries(chunks, first);
        if (entries > MAX) {
            return false;
        }
        makeRoom(entries);
        startMs = slotStartMs;
        next = 0;
        end = 0;
        long startLow = TimerChunks.dueLow(slotStartMs);
        for (int chunk = first; chunk != NONE; ) {
            int count = chunks.count(chunk);
            System.arraycopy(chunks.words(chunk), TimerChunks.at(chunk, 0), words, 2 * end, 2 * count);
            for (int last = end + count; end < last; end++) {
                order[end] = (TimerChunks.dueLow(words[2 * end]) - startLow) << PLACE_BITS | end;
            }
            int following = chunks.next(chunk);
            chunks.free(chunk);
            chunk = following;
        }
        if (end < MANY) {
            Arrays.sort(order, 0, end);
        } else {
            for (int bits = 0; bits < slotBits; bits += DIGIT_BITS) {
                sortByDigit(PLACE_BITS + bits);
            }
        }
        return true;
    }

    /** How many entries a list of chunks has, or more than {@link #MAX}. */
    private static int entries(TimerChunks chunks, int first) {
        int entries = 0;
        for (int chunk = first; chunk != NONE && entries <= MAX; chunk = chunks.next(chunk)) {
            entries += chunks.count(chunk);
        }
        return entries;
    }

    private void makeRoom(int entries) {
        if (entries > order.length) {
            int room = Math.max(MANY, Integer.highestOneBit(entries - 1) << 1);
            words = new long[2 * room];
            order = new long[room];
            spare = new long[room];
        }
    }

    private void sortByDigit(int shift) {
        Arrays.fill(counts, 0);
        for (int i = 0; i < end; i++) {
            counts[(int) (order[i] >>> shift) & DIGIT]++;
        }
        int before = 0;
        for (int digit = 0; digit <= DIGIT; digit++) {
            int count = counts[digit];
            counts[digit] = before;
            before += count;
        }
        for (int i = 0; i < end; i++) {
            long entry = order[i];
            spare[counts[(int) (entry >>> shift) & DIGIT]++] = entry;
        }
        long[] sorted = spare;
        spare = order;
        order = sorted;
    }

    private int place() {
        return ((int) order[next] & PLACE) << 1;
    }
}
