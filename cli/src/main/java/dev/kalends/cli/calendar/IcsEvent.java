package dev.kalends.cli.calendar;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One event while its lines are read; then its days, or why it has none. */
final class IcsEvent {
    private static final DateTimeFormatter MONTH_DAY = DateTimeFormatter.ofPattern("MM-dd");
    private static final Pattern DATE = Pattern.compile("\\d{8}");
    private static final Pattern DAYS = Pattern.compile("\\+?P(\\d{1,5})([DW])");
    private static final Set<String> ONCE = Set.of("DTSTART", "DTEND", "DURATION", "RRULE", "STATUS", "SUMMARY");

    /** Properties that take days away from an event, or give it others. */
    private static final Set<String> NOT_KEPT = Set.of("RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID");

    private static final int SUMMARY_CHARS_MAX = 60;

    private final Map<String, String> valueByName = new HashMap<>();
    private Optional<String> notKept = Optional.empty();

    void take(IcsLine line) {
        if (ONCE.contains(line.name()) && valueByName.put(line.name(), line.value()) != null) {
            notKept = Optional.of("it says " + line.name() + " twice");
        }
        if (NOT_KEPT.contains(line.name())) {
            notKept = Optional.of(line.name() + " is not understood");
        }
    }

    String summary() {
        String text =
                valueByName.getOrDefault("SUMMARY", "event without a name").replaceAll("\\\\([,;\\\\])", "$1");
        return shown(text);
    }

    /** Adds the event's days; or says why it has none that can be kept. */
    Optional<String> addTo(List<String> days) {
        String start = value("DTSTART");
        if (value("STATUS").equalsIgnoreCase("CANCELLED")) {
            return Optional.empty();
        }
        if (notKept.isPresent()) {
            return notKept;
        }
        if (!DATE.matcher(start).matches()) {
            return Optional.of(start.isEmpty() ? "it has no DTSTART" : "it has a time of day, DTSTART=" + shown(start));
        }
        try {
            return add(date(start), days);
        } catch (DateTimeException e) {
            return Optional.of("it has a date that does not exist");
        }
    }

    private Optional<String> add(LocalDate from, List<String> days) {
        Optional<LocalDate> end = end(from);
        if (end.isEmpty()) {
            return Optional.of("it does not end on a whole day");
        }
        // Some calendars end an event of one day on that day and not, as they should, on the next.
        LocalDate through = end.get().isAfter(from) ? end.get().minusDays(1) : from;
        String rule = value("RRULE").toUpperCase(Locale.ROOT);
        if (rule.isEmpty()) {
            days.add(through.equals(from) ? from.toString() : from + ".." + through);
            return Optional.empty();
        }
        if (!everyYear(rule, from) || from.plusYears(1).isBefore(end.get())) {
            return Optional.of("it recurs by a rule that is not understood, RRULE=" + shown(rule));
        }
        String first = MONTH_DAY.format(from);
        days.add(through.equals(from) ? first : first + ".." + MONTH_DAY.format(through));
        return Optional.empty();
    }

    /** The day after the last; empty if the event ends within a day. */
    private Optional<LocalDate> end(LocalDate from) {
        String end = value("DTEND");
        String duration = value("DURATION");
        if (!end.isEmpty()) {
            return DATE.matcher(end).matches() ? Optional.of(date(end)) : Optional.empty();
        }
        if (duration.isEmpty()) {
            return Optional.of(from.plusDays(1));
        }
        Matcher days = DAYS.matcher(duration);
        return days.matches()
                ? Optional.of(from.plusDays(
                        Long.parseLong(days.group(1)) * (days.group(2).equals("W") ? 7 : 1)))
                : Optional.empty();
    }

    /** Whether a rule says no more than "on this date of every year, for ever". */
    private static boolean everyYear(String rule, LocalDate from) {
        Set<String> saysNoMore = Set.of(
                "FREQ=YEARLY", "INTERVAL=1", "BYMONTH=" + from.getMonthValue(), "BYMONTHDAY=" + from.getDayOfMonth());
        List<String> parts = List.of(rule.split(";", -1));
        return parts.contains("FREQ=YEARLY")
                && parts.stream().allMatch(part -> saysNoMore.contains(part) || part.startsWith("WKST="));
    }

    private static LocalDate date(String text) {
        return LocalDate.of(
                Integer.parseInt(text.substring(0, 4)),
                Integer.parseInt(text.substring(4, 6)),
                Integer.parseInt(text.substring(6)));
    }

    private static String shown(String text) {
        return text.length() <= SUMMARY_CHARS_MAX ? text : text.substring(0, SUMMARY_CHARS_MAX) + "...";
    }

    private String value(String name) {
        return valueByName.getOrDefault(name, "").strip();
    }
}
