package dev.kalends.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kalends.journal.Change;
import dev.kalends.journal.StoreException;
import dev.kalends.kafka.JournalRecords.Content;
import dev.kalends.testing.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What stands in the journal's topic is read for ever, and keys stay what they are.
 *
 * <p>The golden file holds one record a line: name, key and value in hexadecimal, a lone dash for no value. To add
 * records, run this test with {@code -Dkalends.golden.add=FILE}; lines that are there may never change.
 */
final class JournalRecordsTest {
    private static final String FILE = "journal-records-1.hex";

    private static List<Change> all() {
        List<Change> all = new ArrayList<>(ChangeSamples.single());
        all.addAll(ChangeSamples.keyed(1));
        all.addAll(ChangeSamples.keyed(2));
        return all;
    }

    @Test
    void everyChangeIsReadAsItWasWritten() {
        for (Change change : all()) {
            Content read = JournalRecords.read(JournalRecords.key(change), JournalRecords.value(change));
            assertEquals(new Content.Changed(change), read);
        }
    }

    @Test
    void changesOfOneKeyShareItAndOthersDoNot() {
        Set<String> keys = new HashSet<>();
        for (Change change : all()) {
            keys.add(hex(JournalRecords.key(change)));
            ChangeSamples.removalOf(change)
                    .filter(removal -> !(removal instanceof Change.RemoveJob))
                    .ifPresent(removal -> {
                        assertEquals(change.key(), removal.key());
                        assertArrayEquals(JournalRecords.key(change), JournalRecords.key(removal));
                    });
        }
        assertEquals(all().size(), keys.size());
    }

    @Test
    void aSpecWithoutItsValueIsTheRemovalOfTheJob() {
        byte[] key = JournalRecords.specKey(Samples.repeating(7), 3);
        assertEquals(new Content.Changed(new Change.RemoveJob(Samples.repeating(7))), JournalRecords.read(key, null));
        assertEquals(new Content.Nothing(), JournalRecords.read(JournalRecords.stateKey(Samples.repeating(7)), null));
    }

    @Test
    void newHistoryDisplacesTheOldest() {
        assertArrayEquals(JournalRecords.historyKey(5, 16), JournalRecords.historyKey(21, 16));
        Set<String> keys = new HashSet<>();
        for (long number = 100; number < 116; number++) {
            keys.add(hex(JournalRecords.historyKey(number, 16)));
        }
        assertEquals(16, keys.size());
    }

    @Test
    void whatIsUnknownIsNewerAndWhatIsCutIsDamaged() {
        assertEquals(StoreException.Kind.NEWER, refused(new byte[] {'?'}, new byte[] {1}));
        assertEquals(StoreException.Kind.NEWER, refused(new byte[] {'?'}, null));
        assertEquals(StoreException.Kind.NEWER, refused(new byte[] {}, null));
        assertEquals(StoreException.Kind.DAMAGED, refused(new byte[] {'s', 1, 2}, null));
        assertEquals(StoreException.Kind.DAMAGED, refused(new byte[] {'H'}, new byte[] {3}));
        assertEquals(StoreException.Kind.DAMAGED, refused(JournalRecords.endKey(), new byte[] {8}));
        assertEquals(StoreException.Kind.NEWER, refused(JournalRecords.endKey(), new byte[] {15 << 3, 2}));
    }

    private static StoreException.Kind refused(byte[] key, byte @Nullable [] value) {
        return assertThrows(StoreException.class, () -> JournalRecords.read(key, value))
                .kind();
    }

    @Test
    void aLaterFieldOfAnEndIsPassedOver() {
        byte[] known = new BatchEnd(5, 6, 7, 8).encode();
        byte[] later = new byte[known.length + 2];
        System.arraycopy(known, 0, later, 0, known.length);
        later[known.length] = 9 << 3;
        later[known.length + 1] = 1;
        assertEquals(new BatchEnd(5, 6, 7, 8), BatchEnd.read(later));
    }

    @Test
    void everythingEverWrittenIsReadAndWrittenTheSame() throws IOException {
        Map<String, String> golden = golden();
        Map<String, String> now = new TreeMap<>(golden);
        now.putAll(present());
        String add = System.getProperty("kalends.golden.add", "");
        if (!add.isEmpty()) {
            StringBuilder text = new StringBuilder();
            now.forEach(
                    (name, line) -> text.append(name).append(' ').append(line).append('\n'));
            Files.writeString(Path.of(add), text);
        }
        assertEquals(now, golden, "records differ, or are missing; add new ones with -Dkalends.golden.add=FILE");
        for (String line : golden.values()) {
            String[] parts = line.split(" ", 2);
            byte[] value = parts[1].equals("-") ? null : HexFormat.of().parseHex(parts[1]);
            JournalRecords.read(HexFormat.of().parseHex(parts[0]), value);
        }
    }

    private static Map<String, String> present() {
        Map<String, String> lines = new TreeMap<>();
        List<Change> all = all();
        for (int i = 0; i < all.size(); i++) {
            Change change = all.get(i);
            lines.put(
                    change.getClass().getSimpleName() + "-" + i,
                    line(JournalRecords.key(change), JournalRecords.value(change)));
        }
        Change history = new Change.AppendHistory(Samples.succeeded(Samples.repeating(1), Samples.T0, Samples.T0 + 9));
        lines.put("AppendHistory", line(JournalRecords.historyKey(131_073, 131_072), JournalRecords.value(history)));
        lines.put("RemoveJob-spec", line(JournalRecords.specKey(Samples.repeating(1), 2), null));
        lines.put("RemoveJob-state", line(JournalRecords.stateKey(Samples.repeating(1)), null));
        lines.put("end", line(JournalRecords.endKey(), new BatchEnd(17, Samples.T0, 131_074, -1).encode()));
        byte[] decided = new BatchEnd(17, Samples.T0, 131_074, Samples.T0 + 5).encode();
        lines.put("end-decided", line(JournalRecords.endKey(), decided));
        lines.put("barrier", line(JournalRecords.barrierKey(), new BatchEnd(0, Samples.T0, 0, -1).encode()));
        return lines;
    }

    private static String line(byte[] key, byte @Nullable [] value) {
        return hex(key) + " "
                + Optional.ofNullable(value).map(JournalRecordsTest::hex).orElse("-");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static Map<String, String> golden() throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (InputStream in = JournalRecordsTest.class.getResourceAsStream(FILE)) {
            String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            text.lines().map(line -> line.split(" ", 2)).forEach(parts -> all.put(parts[0], parts[1]));
        }
        return all;
    }
}
