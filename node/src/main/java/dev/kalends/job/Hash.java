package dev.kalends.job;

import java.nio.charset.StandardCharsets;

/** Stable hashes: the same on every machine and in every version, because partitions and jitter depend on them. */
public final class Hash {
    private Hash() {}

    /** Mixes two words into one (the finalizer of SplitMix64, twice). */
    public static long mix(long first, long second) {
        return finish(finish(first) ^ (second + 0x9e3779b97f4a7c15L));
    }

    /** Hashes texts; the lengths count, so ("a", "bc") and ("ab", "c") differ. */
    public static long of(String... parts) {
        long hash = parts.length;
        for (String part : parts) {
            hash = mixed(hash, part.getBytes(StandardCharsets.UTF_8));
        }
        return hash;
    }

    /** Hashes bytes: those of a text to the same as the text. */
    public static long of(byte[] bytes) {
        return mixed(1, bytes);
    }

    private static long mixed(long start, byte[] bytes) {
        long hash = mix(start, bytes.length);
        long word = 0;
        for (int i = 0; i < bytes.length; i++) {
            word = (word << 8) | (bytes[i] & 0xff);
            if ((i & 7) == 7) {
                hash = mix(hash, word);
                word = 0;
            }
        }
        return mix(hash, word);
    }

    private static long finish(long word) {
        long bits = (word ^ (word >>> 30)) * 0xbf58476d1ce4e5b9L;
        bits = (bits ^ (bits >>> 27)) * 0x94d049bb133111ebL;
        return bits ^ (bits >>> 31);
    }
}
