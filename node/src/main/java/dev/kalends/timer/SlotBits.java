package dev.kalends.timer;

import java.util.Arrays;

/** Which slots hold something: one bit a slot, and one bit for each word of those. */
final class SlotBits {
    private final long[] occupied;
    private final long[] summary;

    SlotBits(int slots) {
        int words = (slots + Long.SIZE - 1) / Long.SIZE;
        occupied = new long[words];
        summary = new long[(words + Long.SIZE - 1) / Long.SIZE];
    }

    void occupy(int slot) {
        int word = slot >>> 6;
        occupied[word] |= 1L << slot;
        summary[word >>> 6] |= 1L << word;
    }

    void vacate(int slot) {
        int word = slot >>> 6;
        occupied[word] &= ~(1L << slot);
        if (occupied[word] == 0) {
            summary[word >>> 6] &= ~(1L << word);
        }
    }

    void clear() {
        Arrays.fill(occupied, 0);
        Arrays.fill(summary, 0);
    }

    /** The first occupied slot from one slot on and before another, or -1. */
    int next(int from, int end) {
        if (from >= end) {
            return -1;
        }
        int word = from >>> 6;
        long bits = occupied[word] & (-1L << from);
        if (bits == 0) {
            word = nextWord(word + 1);
            if (word < 0) {
                return -1;
            }
            bits = occupied[word];
        }
        int slot = (word << 6) | Long.numberOfTrailingZeros(bits);
        return slot < end ? slot : -1;
    }

    private int nextWord(int from) {
        long mask = -1L << from;
        for (int i = from >>> 6; i < summary.length; i++) {
            long bits = summary[i] & mask;
            if (bits != 0) {
                return (i << 6) | Long.numberOfTrailingZeros(bits);
            }
            mask = -1L;
        }
        return -1;
    }
}
