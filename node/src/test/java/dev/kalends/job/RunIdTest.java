package dev.kalends.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RunIdTest {
    private static final JobId JOB = JobId.of(1, 2, 3);

    @ParameterizedTest
    @CsvSource({
        "2026-03-08T07:00:00Z, SCHEDULED, 0, 20260308T070000Z",
        "2026-03-08T07:00:00.250Z, SCHEDULED, 0, 20260308T070000.250Z",
        "2026-03-08T07:00:00.007Z, SCHEDULED, 0, 20260308T070000.007Z",
        "2026-03-08T07:00:00Z, MANUAL, 1, 20260308T070000Z.m1",
        "2026-03-08T07:00:00.250Z, MANUAL, 12, 20260308T070000.250Z.m12",
        "2026-03-08T07:00:00Z, BACKFILL, 2, 20260308T070000Z.b2",
        "1970-01-01T00:00:00Z, SCHEDULED, 0, 19700101T000000Z",
        "9999-12-31T23:59:59.999Z, SCHEDULED, 0, 99991231T235959.999Z"
    })
    void saysJobInstantAndKind(String nominal, RunKind kind, int number, String text) {
        RunId run = new RunId(JOB, Instant.parse(nominal).toEpochMilli(), kind, number);
        assertEquals(text, run.instantText());
        assertEquals(JOB + "@" + text, run.toString());
        assertEquals(Optional.of(run), RunId.parse(run.toString()));
        assertEquals(Optional.of(run), RunId.parse(JOB, text));
    }

    @Test
    void readsBackWhatItShows() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 50_000; i++) {
            RunKind kind = RunKind.ofCode(random.nextInt(3));
            long nominalMs = random.nextLong(RunId.NOMINAL_MAX_MS + 1) / (random.nextBoolean() ? 1 : 1_000) * 1;
            int number = kind == RunKind.SCHEDULED ? 0 : 1 + random.nextInt(999_999_999);
            RunId run = new RunId(JOB, nominalMs, kind, number);
            assertEquals(Optional.of(run), RunId.parse(run.toString()));
            assertTrue(run.toString().chars().noneMatch(c -> c == ':' || c <= ' '), "not for shells: " + run);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "20260308T070000",
                "20260308 070000Z",
                "2026-03-08T07:00:00Z",
                "20260308T070000z",
                "20260308t070000Z",
                "20260308T070000.25Z",
                "20260308T070000,250Z",
                "20260308T070000.2500Z",
                "20260230T070000Z",
                "20260308T240000Z",
                "20260308T076000Z",
                "20260308T070060Z",
                "19691231T235959Z",
                "-0260308T070000Z",
                "20260308T070000Z.",
                "20260308T070000Z.m",
                "20260308T070000Z.m0",
                "20260308T070000Z.m-1",
                "20260308T070000Z.x1",
                "20260308T070000Zm1",
                "20260308T070000Z.m1x",
                "20260308T070000Z.m1234567890",
                "20260308T070000Z.m2147483648",
                "20260308T070000Z ",
                " 20260308T070000Z",
                "20260308T07000\u0661Z"
            })
    void refusesOtherTexts(String text) {
        assertEquals(Optional.empty(), RunId.parse(JOB, text));
        assertEquals(Optional.empty(), RunId.parse(JOB + "@" + text));
    }

    @Test
    void everyPartTellsRunsApart() {
        RunId id = new RunId(JOB, 1_000, RunKind.MANUAL, 1);
        RunId same = new RunId(new JobId(JOB.value()), 1_000, RunKind.MANUAL, 1);
        assertEquals(id, same);
        assertEquals(id.hashCode(), same.hashCode());
        assertNotEquals(id, new RunId(new JobId(JOB.value() + 1), 1_000, RunKind.MANUAL, 1));
        assertNotEquals(id, new RunId(JOB, 1_001, RunKind.MANUAL, 1));
        assertNotEquals(id, new RunId(JOB, 1_000, RunKind.BACKFILL, 1));
        assertNotEquals(id, new RunId(JOB, 1_000, RunKind.MANUAL, 2));
    }

    @Test
    void refusesTextsWithoutAJob() {
        assertEquals(Optional.empty(), RunId.parse("20260308T070000Z"));
        assertEquals(Optional.empty(), RunId.parse("@20260308T070000Z"));
        assertEquals(Optional.empty(), RunId.parse("billing@20260308T070000Z"));
    }

    @Test
    void refusesWhatHasNoText() {
        assertThrows(IllegalArgumentException.class, () -> RunId.scheduled(JOB, -1));
        assertThrows(IllegalArgumentException.class, () -> RunId.scheduled(JOB, RunId.NOMINAL_MAX_MS + 1));
        assertThrows(IllegalArgumentException.class, () -> new RunId(JOB, 0, RunKind.SCHEDULED, 1));
        assertThrows(IllegalArgumentException.class, () -> new RunId(JOB, 0, RunKind.MANUAL, 0));
        assertThrows(IllegalArgumentException.class, () -> new RunId(JOB, 0, RunKind.BACKFILL, -1));
    }

    @Test
    void sortsByJobInstantKindAndNumber() {
        List<RunId> inOrder = List.of(
                RunId.scheduled(JOB, 5),
                RunId.scheduled(JOB, 6),
                new RunId(JOB, 6, RunKind.MANUAL, 1),
                new RunId(JOB, 6, RunKind.MANUAL, 2),
                new RunId(JOB, 6, RunKind.BACKFILL, 1),
                RunId.scheduled(JobId.of(1, 2, 4), 0));
        List<RunId> shuffled = new ArrayList<>(inOrder.reversed());
        Collections.sort(shuffled);
        assertEquals(inOrder, shuffled);
    }

    @Test
    void kindsKeepTheirNumbers() {
        for (RunKind kind : RunKind.values()) {
            assertEquals(kind, RunKind.ofCode(kind.code()));
        }
        assertEquals(0, RunKind.SCHEDULED.code());
        assertEquals(1, RunKind.MANUAL.code());
        assertEquals(2, RunKind.BACKFILL.code());
        assertThrows(IllegalArgumentException.class, () -> RunKind.ofCode(3));
    }
}
