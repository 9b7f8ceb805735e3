package dev.kalends.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

final class InstantTextTest {
    private static final String NOW = "2026-03-07T12:00:00Z";

    @ParameterizedTest
    @CsvSource({
        "2026-03-08T02:30:00Z, 2026-03-08T02:30:00.000Z",
        "2026-03-08t02:30:00.5z, 2026-03-08T02:30:00.500Z",
        "2026-03-08 02:30:00-05:00, 2026-03-08T07:30:00.000Z",
        "2026-03-08T02:30+05:45, 2026-03-07T20:45:00.000Z",
        "2026-03-08T02:30:00.1234Z, 2026-03-08T02:30:00.124Z",
        "2026-03-08T02:30:59.999999999Z, 2026-03-08T02:31:00.000Z",
        "2026-07-01T09:00, 2026-07-01T13:00:00.000Z",
        "2026-07-01 09:00:15, 2026-07-01T13:00:15.000Z",
        "2026-07-01 09:00:15.250, 2026-07-01T13:00:15.250Z",
        "13:00, 2026-03-07T18:00:00.000Z",
        "07:00, 2026-03-08T11:00:00.000Z",
        "07:00:00.001, 2026-03-07T12:00:00.001Z",
        "1970-01-01T00:00:00Z, 1970-01-01T00:00:00.000Z",
        "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z"
    })
    void readsWhatPeopleWrite(String text, String utc) {
        InstantText.Parsed read = parse(text, "America/New_York", NOW);
        assertEquals(utc, InstantText.format(read.ms()));
        assertTrue(read.note().isEmpty(), () -> read.note().toString());
    }

    @ParameterizedTest
    @CsvFileSource(resources = "instants-in-clock-changes.txt", delimiter = '|')
    void saysWhatAClockChangeDid(String zone, String text, String utc, String note) {
        InstantText.Parsed read = parse(text, zone, NOW);
        assertEquals(utc, InstantText.format(read.ms()));
        assertEquals(note, read.note().orElse(""));
    }

    @Test
    void takesTheSecondOccurrenceWhenOnlyThatIsStillToCome() {
        InstantText.Parsed read = parse("01:30", "America/New_York", "2026-11-01T06:15:00Z");
        assertEquals("2026-11-01T06:30:00.000Z", InstantText.format(read.ms()));
        assertEquals(
                "01:30 happens twice on 2026-11-01 in America/New_York; taken as the second, the next one",
                read.note().orElse(""));
    }

    @Test
    void seesYesterdayAgainAfterAClockChangeAtMidnight() {
        // St. John's went from 00:01 back to 23:01 of the day before.
        InstantText.Parsed read = parse("23:45", "America/St_Johns", "2010-11-07T02:30:30Z");
        assertEquals("2010-11-07T03:15:00.000Z", InstantText.format(read.ms()));
    }

    @ParameterizedTest
    @CsvSource({
        "'', this is no instant",
        "tomorrow, this is no instant",
        "2026-03-08, this is no instant",
        "2026-3-8T02:30, this is no instant",
        "2:30, this is no instant",
        "2026-03-08T02:30:00+0100, this is no instant",
        "02:30Z, an offset needs a date",
        "2026-02-30T00:00, no such date",
        "2026-13-01T00:00, no such date",
        "24:00, no such date or time of day",
        "23:59:60, no such date or time of day",
        "2026-03-08T02:30+19:00, no such date or time of day",
        "1969-12-31T23:59:59Z, 1970 to 9999",
        "9999-12-31T23:59:59.9999Z, 1970 to 9999",
        "9999-12-31T23:59:59-01:00, 1970 to 9999"
    })
    void saysWhatWouldBeRight(String text, String why) {
        String message = message(text);
        assertTrue(message.contains(why) && message.contains("; use 2026-03-08T02:30:00Z"), message);
    }

    @Test
    void showsHostileTextShortAndPlain() {
        String text = "2026-03-08T02:30\u001b[2J\u202e".repeat(500_000);
        String message = message(text);
        assertTrue(message.length() < 300 && message.chars().allMatch(c -> c >= ' ' && c <= '~'), message);
    }

    @Test
    void readsBackWhatItFormats() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            long ms = random.nextLong(253_402_300_800_000L);
            String text = InstantText.format(ms);
            assertEquals(Instant.ofEpochMilli(ms), Instant.parse(text));
            assertEquals(24, text.length(), text);
            assertEquals(ms, parse(text, "Africa/Cairo", NOW).ms());
            assertEquals(
                    ms, parse(text.replace("Z", "+00:00"), "Africa/Cairo", NOW).ms());
            assertEquals(
                    ms / 1_000 * 1_000,
                    parse(text.replaceAll("\\.\\d+", ""), "Africa/Cairo", NOW).ms());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-07T07:30:00Z, America/New_York, Sat 2026-03-07 02:30 EST",
        "2026-03-08T07:00:00Z, America/New_York, Sun 2026-03-08 03:00 EDT",
        "2026-03-08T07:00:05Z, UTC, Sun 2026-03-08 07:00:05 UTC",
        "2026-03-08T07:00:05.250Z, Europe/Berlin, Sun 2026-03-08 08:00:05.250 CET",
        "2026-07-01T00:00:00Z, Europe/Dublin, Wed 2026-07-01 01:00 IST",
        "2026-07-01T00:00:00Z, Australia/Lord_Howe, Wed 2026-07-01 10:30 +10:30",
        "2026-07-01T00:00:00Z, Africa/Casablanca, Wed 2026-07-01 01:00 +01:00",
        "2011-12-30T09:59:00Z, Pacific/Apia, Thu 2011-12-29 23:59 -10:00"
    })
    void showsLocalTime(String utc, String zone, String local) {
        assertEquals(local, InstantText.local(Instant.parse(utc).toEpochMilli(), ZoneId.of(zone)));
    }

    @Test
    void showsUtcForPeople() {
        assertEquals(
                "2026-03-08 07:00",
                InstantText.utc(Instant.parse("2026-03-08T07:00:00Z").toEpochMilli()));
    }

    private static InstantText.Parsed parse(String text, String zone, String now) {
        return InstantText.parse(text, ZoneId.of(zone), Instant.parse(now).toEpochMilli());
    }

    private static String message(String text) {
        return String.valueOf(assertThrows(ScheduleFormatException.class, () -> parse(text, "UTC", NOW))
                .getMessage());
    }
}
