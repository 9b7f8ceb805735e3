package dev.kalends.cli.calendar;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.job.ExcludedDays;
import dev.kalends.schedule.ExcludedDaysText;
import dev.kalends.schedule.ScheduleFormatException;
import dev.kalends.tui.text.SafeText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The flag {@code --except FILE.ics|DATES}: calendars are read here, the node is sent days. */
public final class ExceptFlag {
    private static final String NAME = "--except";
    private static final int WARNINGS_SHOWN_MAX = 10;

    private ExceptFlag() {}

    public static void declare(Grammar grammar) {
        grammar.repeated(
                NAME,
                "FILE.ics|DATES",
                "no fire on these days: 2026-12-25, 2026-12-24..2027-01-01, every year 12-25 or 12-24..12-26,"
                        + " with commas between; or the whole-day events of a calendar. By the date in --tz (default"
                        + " UTC); may be repeated");
    }

    /** The days, empty when the flag was not given. What a calendar says that cannot be kept is told on stderr. */
    public static ExcludedDays days(Arguments flags, Session session) throws IOException {
        List<String> texts = new ArrayList<>();
        for (String value : flags.texts(NAME)) {
            if (value.toLowerCase(Locale.ROOT).endsWith(".ics")) {
                texts.addAll(calendar(value, session));
            } else {
                texts.addAll(List.of(value.split(",", -1)));
            }
        }
        try {
            return ExcludedDaysText.parse(texts);
        } catch (ScheduleFormatException e) {
            throw Arguments.usage(NAME + ": " + e.getMessage());
        }
    }

    /** The days as a request names them; null when the flag was not given. */
    public static @Nullable List<String> texts(Arguments flags, Session session) throws IOException {
        return flags.has(NAME) ? ExcludedDaysText.format(days(flags, session)) : null;
    }

    private static List<String> calendar(String file, Session session) throws IOException {
        IcsCalendar calendar;
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            calendar = IcsCalendar.read(in);
        } catch (IcsFormatException e) {
            throw new ApiException(
                    ErrorCode.INVALID, NAME + ": " + e.getMessage() + " file=" + file, "name an iCalendar file");
        } catch (IOException | InvalidPathException e) {
            throw new ApiException(
                    ErrorCode.USAGE,
                    NAME + ": the file cannot be read; file=" + file,
                    "check its path and permissions");
        }
        List<String> leftOut = calendar.leftOut();
        for (String event : leftOut.subList(0, Math.min(leftOut.size(), WARNINGS_SHOWN_MAX))) {
            session.tell("warning: " + NAME + ": " + SafeText.line(event));
        }
        if (leftOut.size() > WARNINGS_SHOWN_MAX) {
            session.tell("warning: " + NAME + ": and " + (leftOut.size() - WARNINGS_SHOWN_MAX) + " more are left out");
        }
        if (calendar.days().isEmpty()) {
            throw new ApiException(
                    ErrorCode.INVALID,
                    NAME + ": the calendar has no whole-day event that can be kept; file=" + file,
                    "its events need DTSTART;VALUE=DATE");
        }
        return calendar.days();
    }
}
