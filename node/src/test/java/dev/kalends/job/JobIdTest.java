package dev.kalends.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JobIdTest {
    @Test
    void isMadeOfItsParts() {
        JobId id = JobId.of(1_023, 131_071, (1L << 36) - 1);
        assertEquals(Long.MAX_VALUE, id.value());
        assertEquals(1_023, id.partition());
        assertEquals(131_071, id.day());
        assertEquals((1L << 36) - 1, id.sequence());
        assertEquals(0, JobId.of(0, 0, 0).value());
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            int partition = random.nextInt(JobId.PARTITIONS_MAX);
            int day = random.nextInt(JobId.DAYS_MAX);
            long sequence = random.nextLong(JobId.SEQUENCES_MAX);
            JobId made = JobId.of(partition, day, sequence);
            assertEquals(partition, made.partition());
            assertEquals(day, made.day());
            assertEquals(sequence, made.sequence());
        }
    }

    @Test
    void refusesPartsOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> JobId.of(JobId.PARTITIONS_MAX, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> JobId.of(-1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> JobId.of(0, JobId.DAYS_MAX, 0));
        assertThrows(IllegalArgumentException.class, () -> JobId.of(0, -1, 0));
        assertThrows(IllegalArgumentException.class, () -> JobId.of(0, 0, JobId.SEQUENCES_MAX));
        assertThrows(IllegalArgumentException.class, () -> JobId.of(0, 0, -1));
        assertThrows(IllegalArgumentException.class, () -> new JobId(-1));
    }

    @Test
    void readsBackWhatItShows() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 100_000; i++) {
            JobId id = new JobId(random.nextLong() >>> 1 >>> random.nextInt(63));
            String text = id.toString();
            assertEquals(JobId.TEXT_LENGTH, text.length());
            assertEquals(Optional.of(id), JobId.parse(text));
            assertEquals(Optional.of(id), JobId.parse(text.toUpperCase(Locale.ROOT)));
        }
    }

    /** Golden: people write ids into scripts and tickets; another mix would make them somebody else's. */
    @ParameterizedTest
    @CsvSource({
        "0, 0000000000000",
        "1, 5d4gp3m80p1f5",
        "9223372036854775807, 5mt1azswpbqnx",
        "1389456789012345, 8r9kgmdn1qt0c"
    })
    void showsTheSameTextInEveryVersion(long value, String text) {
        assertEquals(text, new JobId(value).toString());
    }

    @Test
    void readsEveryTextAsAtMostOneIdThatShowsAsThatText() {
        String alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
        SplittableRandom random = new SplittableRandom(3);
        int ids = 0;
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = 0; j < JobId.TEXT_LENGTH; j++) {
                text.append(alphabet.charAt(random.nextInt(j == 0 ? 16 : 32)));
            }
            Optional<JobId> id = JobId.parse(text.toString());
            ids += id.isPresent() ? 1 : 0;
            id.ifPresent(read -> assertEquals(text.toString(), read.toString()));
        }
        // Half of the 64-bit numbers have the highest bit set and are no ids.
        assertTrue(ids > 49_000 && ids < 51_000, "ids=" + ids);
    }

    @Test
    void hidesThatNeighboursAreNeighbours() {
        Set<String> starts = new HashSet<>();
        for (int sequence = 0; sequence < 1_000; sequence++) {
            starts.add(JobId.of(3, 20_000, sequence).toString().substring(0, 6));
        }
        assertEquals(1_000, starts.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7m2r3tx01k9q",
                "7m2r3tx01k9qff",
                "7m2r3tx01k9qi",
                "7m2r3tx01k9ql",
                "7m2r3tx01k9qo",
                "7m2r3tx01k9qu",
                "g000000000000",
                "zzzzzzzzzzzzz",
                "7m2r3tx01k9q ",
                "7m2r3tx01k9q\u0661",
                "-m2r3tx01k9qf"
            })
    void refusesOtherTexts(String text) {
        assertEquals(Optional.empty(), JobId.parse(text));
    }

    @Test
    void sortsByPartitionDayAndSequence() {
        assertTrue(JobId.of(1, 0, 0).compareTo(JobId.of(0, 5, 5)) > 0);
        assertTrue(JobId.of(1, 2, 0).compareTo(JobId.of(1, 1, 9)) > 0);
        assertTrue(JobId.of(1, 2, 3).compareTo(JobId.of(1, 2, 4)) < 0);
    }
}
