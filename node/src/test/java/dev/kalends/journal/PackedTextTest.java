package dev.kalends.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class PackedTextTest {
    private static final long SEED = 20_261_127;

    private static byte[] packed(String text) {
        byte[] bytes = new byte[text.length() + 2];
        int end = PackedText.pack(text, bytes, 2);
        return Arrays.copyOfRange(bytes, 2, end);
    }

    private static void takes(int bytes, String text) {
        byte[] packed = packed(text);
        assertEquals(text, PackedText.text(packed));
        assertEquals(bytes, packed.length, text);
    }

    @Test
    void digitsTakeHalfAByte() {
        takes(0, "");
        takes(5, "12345");
        takes(4, "123456");
        takes(5, "1234567");
        takes(9, "job-1a2b3c4d");
        takes(11, "order-20261127");
        takes(13, "0".repeat(24));
        takes(14, "0".repeat(25));
        takes(18, "d41d8cd98f00b204e9800998ecf8427e");
        takes(12, "D41D8CD98F00");
    }

    @Test
    void aUuidTakesSeventeenBytes() {
        takes(17, "123e4567-e89b-12d3-a456-426614174000");
        takes(24, "order-123e4567-e89b-12d3-a456-426614174000/");
        takes(5 + 15 + 1 + 6 + 1, "123e4567-e89b-12d3-a456-42661417400");
        takes(5 + 15 + 1 + 7, "123e4567-e89b-12d3-a45_-426614174000");
        takes(5 + 16 + 7, "123e4567_e89b-12d3-a456-426614174000");
    }

    /** Rows keep these bytes for ever. */
    @Test
    void theBytesAreKnown() {
        assertEquals("6a6f622df61a2b3c4d", HexFormat.of().formatHex(packed("job-1a2b3c4d")));
        assertEquals("f51234563778", HexFormat.of().formatHex(packed("1234567x")));
        assertEquals(
                "ff123e4567e89b12d3a456426614174000",
                HexFormat.of().formatHex(packed("123e4567-e89b-12d3-a456-426614174000")));
    }

    @Test
    void otherTextsAreThemselves() {
        for (String text : new String[] {"send-reminder", "ça", "tägliche Prüfung 🎉", "a:1234 + b:12"}) {
            assertEquals(text, PackedText.text(text.getBytes(StandardCharsets.UTF_8)));
        }
        assertEquals(-1, PackedText.pack("1234567890 ç", new byte[20], 0), "is written as it is");
    }

    @Test
    void anythingIsReadAsItWasWritten() {
        Random random = new Random(SEED);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int part = random.nextInt(5); part >= 0; part--) {
                text.append(
                        switch (random.nextInt(5)) {
                            case 0 -> new UUID(random.nextLong(), random.nextLong()).toString();
                            case 1 -> Long.toHexString(random.nextLong() >>> random.nextInt(64));
                            case 2 -> Integer.toString(random.nextInt());
                            case 3 -> new UUID(random.nextLong(), 0).toString().substring(random.nextInt(36));
                            default -> Character.toString(random.nextInt(0x80));
                        });
            }
            byte[] packed = packed(text.toString());
            assertEquals(text.toString(), PackedText.text(packed));
            assertTrue(packed.length <= text.length(), "a packed text is never longer");
        }
    }

    @Test
    void damageIsSaid() {
        for (String hex :
                new String[] {"f5", "f50102", "fe0102030405060708091011", "ff00", "41c0", "f5010203c3a4", "80"}) {
            assertThrows(
                    StoreException.class, () -> PackedText.text(HexFormat.of().parseHex(hex)), hex);
        }
    }

    @Test
    void aJournalsTextIsNotPacked() {
        FieldWriter writer = new FieldWriter();
        writer.text(1, "123456");
        assertEquals(2 + 6, writer.toBytes().length);
        byte[] packed = HexFormat.of().parseHex("0a04f5123456");
        FieldReader reader = new FieldReader(packed);
        assertTrue(reader.next());
        assertThrows(StoreException.class, reader::text);
        FieldReader row = new FieldReader(packed).packed();
        assertTrue(row.next());
        assertEquals("123456", row.text());
    }
}
