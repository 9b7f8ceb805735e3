package dev.kalends.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class HashTest {
    /** Golden: partitions, jitter, splay and {@code H} depend on them; another value would move people's jobs. */
    @Test
    void keepsItsValues() {
        assertEquals("0", Long.toHexString(Hash.of()));
        assertEquals("f559bb57dbfb228c", Long.toHexString(Hash.of("")));
        assertEquals("dee2db668f7bab66", Long.toHexString(Hash.of("default", "billing/close")));
        assertEquals("8e348833d9350a19", Long.toHexString(Hash.of("default", "t\u00e4glich \ud83d\udd52")));
        assertEquals("e220a8397b1dcdaf", Long.toHexString(Hash.mix(0, 0)));
        assertEquals("7aa9d02a0106a1e9", Long.toHexString(Hash.mix(1, 2)));
    }

    @Test
    void seesWhereATextEnds() {
        Set<Long> hashes = new HashSet<>();
        String[][] texts = {
            {},
            {""},
            {"", ""},
            {"ab", "c"},
            {"a", "bc"},
            {"abc"},
            {"abc", ""},
            {"", "abc"},
            {"abc\0"},
            {"\0abc"},
            {"12345678"},
            {"1234567", "8"},
            {"12345678", ""},
            {"123456789"},
            {"12345678\0"}
        };
        for (String[] parts : texts) {
            hashes.add(Hash.of(parts));
        }
        assertEquals(texts.length, hashes.size());
    }

    @Test
    void seesTheOrder() {
        assertNotEquals(Hash.of("a", "b"), Hash.of("b", "a"));
        assertNotEquals(Hash.mix(1, 2), Hash.mix(2, 1));
    }

    @Test
    void spreadsNamesEvenlyOverPartitions() {
        int partitions = 8;
        int[] jobs = new int[partitions];
        for (int i = 0; i < 80_000; i++) {
            jobs[(int) Long.remainderUnsigned(Hash.of("default", "job-" + i), partitions)]++;
        }
        for (int count : jobs) {
            assertTrue(count > 9_500 && count < 10_500, "count=" + count);
        }
    }
}
