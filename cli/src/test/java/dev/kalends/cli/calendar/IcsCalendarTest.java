package dev.kalends.cli.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole-day events in the forms that calendars are found in; what cannot be kept is named. */
final class IcsCalendarTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DTSTART;VALUE=DATE:20261225 DTEND;VALUE=DATE:20261226 | 2026-12-25",
                "DTSTART;VALUE=DATE:20261224 DTEND;VALUE=DATE:20270102 | 2026-12-24..2027-01-01",
                "DTSTART;VALUE=DATE:20261225 | 2026-12-25",
                "DTSTART;VALUE=DATE:20261225 DTEND;VALUE=DATE:20261225 | 2026-12-25",
                "dtstart;value=date:20261225 | 2026-12-25",
                "DTSTART;X-A=\"a:b;c\";VALUE=DATE:20261225 | 2026-12-25",
                "DTSTART;VALUE=DATE:20261225 DURATION:P2D | 2026-12-25..2026-12-26",
                "DTSTART;VALUE=DATE:20261225 DURATION:P1W | 2026-12-25..2026-12-31",
                "DTSTART;VALUE=DATE:20201225 RRULE:FREQ=YEARLY | 12-25",
                "DTSTART;VALUE=DATE:20201225 RRULE:FREQ=YEARLY;INTERVAL=1;BYMONTH=12;BYMONTHDAY=25;WKST=MO | 12-25",
                "DTSTART;VALUE=DATE:20201231 DTEND;VALUE=DATE:20210102 RRULE:freq=yearly | 12-31..01-01"
            })
    void keeps(String lines, String day) throws Exception {
        IcsCalendar calendar = read("BEGIN:VEVENT " + lines + " END:VEVENT");
        assertEquals(new IcsCalendar(List.of(day), List.of()), calendar);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DTSTART:20261225T090000Z | it has a time of day, DTSTART=20261225T090000Z",
                "DTSTART;TZID=Europe/Berlin:20261225T090000 | it has a time of day, DTSTART=20261225T090000",
                "DTSTART;VALUE=DATE:20261225 DURATION:PT8H | it does not end on a whole day",
                "DTSTART;VALUE=DATE:20261225 DTEND:20261225T100000Z | it does not end on a whole day",
                "DTSTART;VALUE=DATE:20260230 | it has a date that does not exist",
                "DTEND;VALUE=DATE:20261226 | it has no DTSTART",
                "DTSTART;VALUE=DATE:20261225 DTSTART;VALUE=DATE:20261226 | it says DTSTART twice",
                "DTSTART;VALUE=DATE:20201225 RRULE:FREQ=YEARLY EXDATE;VALUE=DATE:20261225 | EXDATE is not understood",
                "DTSTART;VALUE=DATE:20200101 RRULE:FREQ=WEEKLY"
                        + " | it recurs by a rule that is not understood, RRULE=FREQ=WEEKLY",
                "DTSTART;VALUE=DATE:20200101 RRULE:FREQ=YEARLY;COUNT=3"
                        + " | it recurs by a rule that is not understood, RRULE=FREQ=YEARLY;COUNT=3",
                "DTSTART;VALUE=DATE:20201126 RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"
                        + " | it recurs by a rule that is not understood, RRULE=FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"
            })
    void namesWhatItCannotKeep(String lines, String why) throws Exception {
        IcsCalendar calendar = read("BEGIN:VEVENT SUMMARY:Xmas\\,_etc " + lines + " END:VEVENT");
        assertEquals(new IcsCalendar(List.of(), List.of("left out \"Xmas, etc\": " + why)), calendar);
    }

    @Test
    void readsFoldedLinesAndPassesOverWhatIsNoEvent() throws Exception {
        IcsCalendar calendar = read("VERSION:2.0 BEGIN:VTIMEZONE TZID:x BEGIN:STANDARD DTSTART:19700101T000000"
                + " END:STANDARD END:VTIMEZONE BEGIN:VEVENT DTSTART;VA\r\n_LUE=DATE:2026\r\n\t1225"
                + " BEGIN:VALARM DURATION:PT15M TRIGGER:-PT1H END:VALARM END:VEVENT"
                + " BEGIN:VEVENT STATUS:CANCELLED DTSTART:20260101T000000 END:VEVENT"
                + " BEGIN:VEVENT DTSTART;VALUE=DATE:20260501 END:VEVENT");
        assertEquals(new IcsCalendar(List.of("2026-12-25", "2026-05-01"), List.of()), calendar);
    }

    @Test
    void readsLinesThatEndAsOnUnix() throws Exception {
        String text = "\ufeffBEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261225\nEND:VEVENT\nEND:VCALENDAR\n";
        assertEquals(
                List.of("2026-12-25"),
                parse(text.getBytes(StandardCharsets.UTF_8)).days());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | BEGIN:VCALENDAR",
                "<html> | has no value",
                "BEGIN:VEVENT END:VEVENT | BEGIN:VCALENDAR",
                "BEGIN:VCALENDAR BEGIN:VEVENT END:VCALENDAR | unexpected=END:VCALENDAR",
                "BEGIN:VCALENDAR BEGIN:VEVENT | missing=END:VEVENT",
                "BEGIN:VCALENDAR X END:VCALENDAR | line=\"X\""
            })
    void refusesWhatIsNoCalendar(String lines, String says) {
        byte[] file = lines.replace(" ", "\r\n").getBytes(StandardCharsets.UTF_8);
        IcsFormatException refused = assertThrows(IcsFormatException.class, () -> parse(file));
        assertTrue(String.valueOf(refused.getMessage()).contains(says), refused.getMessage());
    }

    @Test
    void refusesWhatIsTooLargeOrNoText() {
        assertThrows(IcsFormatException.class, () -> parse(new byte[IcsCalendar.BYTES_MAX + 1]));
        assertThrows(IcsFormatException.class, () -> parse(new byte[] {'B', (byte) 0xff, '\n'}));
    }

    /** Blanks part lines, underscores are blanks. */
    private static IcsCalendar read(String lines) throws IOException, IcsFormatException {
        String text = ("BEGIN:VCALENDAR " + lines + " END:VCALENDAR ")
                .replace(" ", "\r\n")
                .replace('_', ' ');
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static IcsCalendar parse(byte[] file) throws IOException, IcsFormatException {
        return IcsCalendar.read(new ByteArrayInputStream(file));
    }
}
