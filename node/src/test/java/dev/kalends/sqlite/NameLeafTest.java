package dev.kalends.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.JobId;
import dev.kalends.journal.StoreException;
import dev.kalends.sqlite.NameLeaf.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class NameLeafTest {
    private static final long SEED = 20_261_127;
    private static final int PARTITION = 3;

    private static List<Entry> entries(Map<String, JobId> jobByName) {
        List<Entry> entries = new ArrayList<>();
        new TreeMap<>(jobByName).forEach((name, job) -> entries.add(new Entry(NameTable.bytes(name), job.value())));
        return entries;
    }

    private static void bothWays(Map<String, JobId> jobByName) {
        List<Entry> entries = entries(jobByName);
        byte[] leaf = NameLeaf.encode(entries);
        List<Entry> read = NameLeaf.decode(leaf);
        assertEquals(entries.size(), read.size());
        for (int i = 0; i < entries.size(); i++) {
            assertArrayEquals(entries.get(i).name(), read.get(i).name());
            assertEquals(entries.get(i).job(), read.get(i).job());
            assertEquals(
                    entries.get(i).job(), NameLeaf.find(leaf, entries.get(i).name()));
        }
    }

    @Test
    void whatIsWrittenIsRead() {
        JobId least = JobId.of(0, 0, 0);
        JobId greatest = JobId.of(JobId.PARTITIONS_MAX - 1, JobId.DAYS_MAX - 1, JobId.SEQUENCES_MAX - 1);
        bothWays(Map.of("a", least));
        bothWays(Map.of("a", greatest));
        bothWays(Map.of("a", greatest, "b", least, "ab", JobId.of(0, JobId.DAYS_MAX - 1, 0)));
        bothWays(Map.of("x".repeat(200), least, "x".repeat(199), least, "x".repeat(15), least, "x", greatest));
    }

    @Test
    void anythingIsReadAsItWasWritten() {
        Random random = new Random(SEED);
        for (int round = 0; round < 300; round++) {
            Map<String, JobId> jobByName = new TreeMap<>();
            int alike = random.nextInt(40);
            int days = 1 + random.nextInt(400);
            long sequences = 1L << random.nextInt(36);
            for (int i = random.nextInt(100); i >= 0; i--) {
                String name = "n".repeat(random.nextInt(alike + 1)) + Integer.toHexString(random.nextInt());
                jobByName.put(name, JobId.of(PARTITION, 20_000 + random.nextInt(days), random.nextLong(sequences)));
            }
            bothWays(jobByName);
        }
    }

    /** Rows keep these bytes for ever. */
    @Test
    void theBytesAreKnown() {
        byte[] leaf =
                NameLeaf.encode(entries(Map.of("job-1", JobId.of(0, 20_000, 5), "job-2", JobId.of(0, 20_001, 7))));
        assertEquals(
                "046a6f622d" + "a09c01" + "08" + "01" + "013105" + "01320f",
                HexFormat.of().formatHex(leaf));
    }

    @Test
    void aNameThatIsNotThereIsNotFound() {
        byte[] leaf = NameLeaf.encode(
                entries(Map.of("b", JobId.of(0, 1, 1), "bcd", JobId.of(0, 1, 2), "d", JobId.of(0, 1, 3))));
        for (String other : new String[] {"", "a", "ba", "bc", "bcde", "c", "dd", "e"}) {
            assertEquals(-1, NameLeaf.find(leaf, NameTable.bytes(other)), other);
        }
    }

    /** Twelve characters in no order and a job of a year: what the disk figures of the README stand on. */
    @Test
    void namesInNoOrderTakeSevenBytesAndAQuarter() {
        Random random = new Random(SEED);
        int all = 10_000_000;
        int step = (int) ((1L << Integer.SIZE) / all);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String name = "job-" + HexFormat.of().toHexDigits(0x4a000000 + i * step + random.nextInt(step));
            JobId job = JobId.of(0, 20_600 + random.nextInt(365), random.nextInt(all / 365));
            entries.add(new Entry(NameTable.bytes(name), job.value()));
        }
        int bytes = NameLeaf.encode(entries).length;
        assertTrue(4 * bytes <= 60 * 29, "bytes=" + bytes);
    }

    @Test
    void damageIsSaid() {
        Random random = new Random(SEED);
        Map<String, JobId> jobByName = new TreeMap<>();
        for (int i = 0; i < 20; i++) {
            jobByName.put("n" + random.nextInt(1000) + "x".repeat(random.nextInt(30)), JobId.of(0, i, 1L << i));
        }
        byte[] whole = NameLeaf.encode(entries(jobByName));
        for (int length = 0; length < 6; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(StoreException.class, () -> NameLeaf.decode(cut), "length=" + length);
        }
        byte[] sharesWithNothing = HexFormat.of().parseHex("00000100" + "2161");
        assertThrows(StoreException.class, () -> NameLeaf.decode(sharesWithNothing));
        int refused = 0;
        for (int round = 0; round < 5000; round++) {
            byte[] bytes = whole.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            try {
                NameLeaf.decode(bytes);
            } catch (StoreException e) {
                refused++;
            }
        }
        assertTrue(refused > 100, "nothing else is thrown; refused=" + refused);
    }
}
