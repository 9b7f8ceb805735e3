package dev.kalends.timer;

import java.util.Arrays;

/** Which slots of a hierarchy hold something: one bit a slot, and one bit for each word of them. */
final class SlotBits {
    private final int levels;
    private final int slots;
    private final int words;
    private final long[] occupied;
    /** One bit a word of {@link #occupied}, one word a level. */
    private final long[] summary;

    /** All slots empty; a level has 64 words at most. */
    SlotBits(int levels, int digitBits) {
        this.levels = levels;
        slots = 1 << digitBits;
        words = slots / Long.SIZE;
        occupied = new long[levels * words];
        summary = new long[levels];
    }

    void occupy(int slot) {
        int word = slot >>> 6;
        occupied[word] |= 1L << slot;
        summary[word / words] |= 1L << word;
    }

    void vacate(int slot) {
        int word = slot >>> 6;
        occupied[word] &= ~(1L << slot);
        if (occupied[word] == 0) {
            summary[word / words] &= ~(1L << word);
        }
    }

    void clear() {
        Arrays.fill(occupied, 0);
        Arrays.fill(summary, 0);
    }

    /** The lowest level above the first that has an occupied slot; there must be one. */
    int lowestLevelAbove() {
        int level = 1;
        while (summary[level] == 0) {
            level++;
        }
        return level;
    }

    /** The first occupied slot of any level from a slot on, or -1. */
    int next(int fromSlot) {
        int digit = fromSlot & (slots - 1);
        for (int level = fromSlot / slots; level < levels; level++) {
            int found = next(level, digit);
            if (found >= 0) {
                return level * slots + found;
            }
            digit = 0;
        }
        return -1;
    }

    /** The first occupied slot of a level from a digit on, as its digit, or -1. */
    int next(int level, int fromDigit) {
        if (fromDigit >= slots) {
            return -1;
        }
        int word = fromDigit >>> 6;
        long bits = occupied[level * words + word] & (-1L << fromDigit);
        if (bits == 0) {
            long later = word == words - 1 ? 0 : summary[level] & (-1L << (word + 1));
            if (later == 0) {
                return -1;
            }
            word = Long.numberOfTrailingZeros(later);
            bits = occupied[level * words + word];
        }
        return (word << 6) | Long.numberOfTrailingZeros(bits);
    }
}
