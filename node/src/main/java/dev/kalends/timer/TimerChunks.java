package dev.kalends.timer;

import java.util.Arrays;

/**
 * The memory of a wheel's slots: chunks of 128 entries, linked to lists, in segments that are added and never moved.
 *
 * <pre>
 * word 0 of an entry   id 28 bits | due instant, low 36 bits
 * word 1               payload
 * </pre>
 *
 * <p>A slot is read and written one entry after the other, so that the processor sees what comes next: with entries
 * that are linked to each other every step waits for memory, and with ten million timers a timer costs ten times as
 * much. Each chunk begins with such a wait, for its page and its first line; shared by 128 timers it is no longer seen,
 * by 16 it nearly doubled what a timer costs among ten million. Sixteen bytes a timer, 2 KiB a slot that is not empty.
 */
final class TimerChunks {
    static final int CHUNK_BITS = 7;
    /** Entries of a chunk. */
    static final int ENTRIES = 1 << CHUNK_BITS;
    /** No chunk: ends a list. */
    static final int NONE = -1;
    /** Bits of the due instant that an entry has itself. */
    static final int DUE_BITS = 64 - TimerBlocks.ID_BITS;

    private static final int COUNT_BITS = CHUNK_BITS + 1;
    private static final int COUNT = (1 << COUNT_BITS) - 1;
    private static final int SEGMENT_BITS = 5;
    private static final int SEGMENT_CHUNKS = 1 << SEGMENT_BITS;
    private static final int SEGMENT_ENTRIES_MASK = (SEGMENT_CHUNKS << CHUNK_BITS) - 1;
    private static final int MAX = 1 << (31 - COUNT_BITS);

    private long[][] segments = new long[1][];
    /** A chunk's successor in its slot, or in the free list, and how many entries it has. */
    private int[] links = new int[SEGMENT_CHUNKS];

    private int filled;
    private int used;
    private int firstFree = NONE;

    /** Takes an empty chunk without a successor. */
    int take() {
        int chunk = firstFree;
        if (chunk == NONE) {
            chunk = fresh();
        } else {
            firstFree = next(chunk);
        }
        links[chunk] = NONE << COUNT_BITS;
        return chunk;
    }

    /** Gives a chunk back. */
    void free(int chunk) {
        links[chunk] = firstFree << COUNT_BITS;
        firstFree = chunk;
    }

    int next(int chunk) {
        return links[chunk] >> COUNT_BITS;
    }

    int count(int chunk) {
        return links[chunk] & COUNT;
    }

    void link(int chunk, int next) {
        links[chunk] = (next << COUNT_BITS) | (links[chunk] & COUNT);
    }

    void count(int chunk, int count) {
        links[chunk] = (links[chunk] & ~COUNT) | count;
    }

    /** Adds an entry to a chunk that has room. */
    void append(int chunk, long key, long payload) {
        int link = links[chunk];
        long[] words = words(chunk);
        int at = at(chunk, link & COUNT);
        words[at] = key;
        words[at + 1] = payload;
        links[chunk] = link + 1;
    }

    /** The array in which a chunk lies, from {@link #at} on. */
    long[] words(int chunk) {
        return segments[chunk >>> SEGMENT_BITS];
    }

    /** Where an entry of a chunk lies in {@link #words}. */
    static int at(int chunk, int entry) {
        return (((chunk << CHUNK_BITS) & SEGMENT_ENTRIES_MASK) + entry) << 1;
    }

    static long key(int id, long dueMs) {
        return ((long) id << DUE_BITS) | (dueMs & ((1L << DUE_BITS) - 1));
    }

    static int id(long key) {
        return (int) (key >>> DUE_BITS);
    }

    static long dueLow(long key) {
        return key & ((1L << DUE_BITS) - 1);
    }

    /** Frees every chunk. */
    void freeAll() {
        used = 0;
        firstFree = NONE;
    }

    private int fresh() {
        if (used == MAX) {
            throw new IllegalStateException("the wheel is full; chunks=" + used);
        }
        int segment = used >>> SEGMENT_BITS;
        if (segment == segments.length) {
            segments = Arrays.copyOf(segments, segment * 2);
        }
        if (segment == filled) {
            segments[segment] = new long[SEGMENT_CHUNKS << (CHUNK_BITS + 1)];
            filled++;
        }
        if (used == links.length) {
            links = Arrays.copyOf(links, used + (used >> 1));
        }
        return used++;
    }
}
