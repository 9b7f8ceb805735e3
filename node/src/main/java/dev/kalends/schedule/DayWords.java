package dev.kalends.schedule;

import dev.kalends.schedule.LocalPattern.Days;
import dev.kalends.schedule.LocalPattern.Days.Joined;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The two day fields of a cron expression in English. */
final class DayWords {
    private static final int ALL_DAYS = 0xfffffffe;
    private static final int ALL_WEEKDAYS = 0x7f;
    private static final int MONDAY_TO_FRIDAY = 0x3e;
    private static final int WEEKEND = 0x41;
    private static final int LISTED_MAX = 8;
    private static final List<String> WEEKDAYS =
            List.of("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");
    private static final List<String> ORDINALS = List.of("first", "second", "third", "fourth", "fifth");

    private DayWords() {}

    /** Nothing for every day, {@code on Mondays}; empty if it would be too long. */
    static Optional<String> of(Days days) {
        boolean anyOfMonth = chooseAll(days.ofMonth());
        boolean anyOfWeek = chooseAll(days.ofWeek());
        if (days.joined() == Joined.EITHER ? anyOfMonth || anyOfWeek : anyOfMonth && anyOfWeek) {
            return Optional.of("");
        }
        if (anyOfMonth) {
            return words(days.ofWeek()).map(week -> "on " + week);
        }
        Optional<String> month = words(days.ofMonth()).map(m -> "on " + m);
        if (anyOfWeek) {
            return month;
        }
        String joint = days.joined() == Joined.BOTH ? " if also on " : " or on ";
        return month.flatMap(m -> words(days.ofWeek()).map(week -> m + joint + week));
    }

    private static boolean chooseAll(Collection<DayRule> rules) {
        return rules.stream()
                .anyMatch(rule -> rule.equals(new DayRule.DaysOfMonth(ALL_DAYS))
                        || rule.equals(new DayRule.Weekdays(ALL_WEEKDAYS)));
    }

    private static Optional<String> words(Collection<DayRule> rules) {
        List<String> all = new ArrayList<>();
        for (DayRule rule : rules) {
            Optional<String> one = words(rule);
            if (one.isEmpty()) {
                return one;
            }
            all.add(one.get());
        }
        return all.size() > LISTED_MAX ? Optional.empty() : Optional.of(CronWords.list(all, "and on"));
    }

    private static Optional<String> words(DayRule rule) {
        return switch (rule) {
            case DayRule.DaysOfMonth(int days) -> daysOfMonth(days);
            case DayRule.Weekdays(int days) -> Optional.of(weekdays(days));
            case DayRule.BeforeLastDay(int before) ->
                Optional.of(
                        before == 0
                                ? "the last day of the month"
                                : "the day " + before + " before the last of the month");
            case DayRule.NearestWorkday(int day) -> Optional.of("the weekday nearest to day " + day + " of the month");
            case DayRule.LastWorkday() -> Optional.of("the last weekday of the month");
            case DayRule.LastWeekday(int day) -> Optional.of("the last " + WEEKDAYS.get(day) + " of the month");
            case DayRule.NthWeekday(int day, int nth) ->
                Optional.of("the " + ORDINALS.get(nth - 1) + " " + WEEKDAYS.get(day) + " of the month");
        };
    }

    private static Optional<String> daysOfMonth(int days) {
        List<Integer> values = CronWords.values(days & 0xffffffffL);
        if (values.size() > 2 && values.getLast() - values.getFirst() == values.size() - 1) {
            return Optional.of("days " + values.getFirst() + " to " + values.getLast() + " of the month");
        }
        if (values.size() > LISTED_MAX) {
            return Optional.empty();
        }
        String list = CronWords.list(values.stream().map(String::valueOf).toList(), "and");
        return Optional.of((values.size() == 1 ? "day " : "days ") + list + " of the month");
    }

    private static String weekdays(int days) {
        if (days == MONDAY_TO_FRIDAY) {
            return "weekdays";
        }
        if (days == WEEKEND) {
            return "weekends";
        }
        List<String> names = new ArrayList<>();
        // The week begins on Monday here: "Saturdays and Sundays".
        for (int day = 1; day <= 7; day++) {
            if ((days >>> day % 7 & 1) != 0) {
                names.add(WEEKDAYS.get(day % 7) + "s");
            }
        }
        return CronWords.list(names, "and");
    }
}
