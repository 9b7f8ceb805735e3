package dev.kalends.schedule;

import static dev.kalends.schedule.ScheduleFormatException.excerpt;

import dev.kalends.schedule.CronParser.Word;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one field: a list of items, each a value, a range, a step over either, {@code *}, {@code H}, or one of the day
 * forms.
 *
 * <p>A range whose end comes before its start goes on past the end of the field: {@code fri-mon} is four days,
 * {@code 22-5} eight hours, and a step keeps counting through.
 */
final class CronFieldParser {
    private static final int DIGITS_MAX = 4;
    private static final int NTH_MAX = 5;
    private static final int DAYS_BEFORE_LAST_MAX = 30;

    private final CronField field;
    private final Word word;
    private final long hash;
    private final List<DayRule> dayRules = new ArrayList<>();
    private long bits;

    /**
     * What a field says.
     *
     * @param bits the values by number; of a day field the plain ones, which are among the rules too
     * @param dayRules how a day field chooses days; empty for all others
     * @param starred whether its text starts with a star or is {@code ?}, which cronie's rules ask
     */
    record Values(long bits, List<DayRule> dayRules, boolean starred) {}

    /** Values in a row, going round at the end of the field. */
    private record Row(int start, int count) {}

    private CronFieldParser(CronField field, Word word, long hash) {
        this.field = field;
        this.word = word;
        this.hash = hash;
    }

    static Values parse(CronField field, Word word, long hash) {
        return new CronFieldParser(field, word, hash).values();
    }

    private Values values() {
        String text = word.text();
        boolean starred = text.startsWith("*") || text.equals("?");
        if (field.isDay() && text.equals("?")) {
            add(new Row(field.min, field.size()), 0, 1);
        } else {
            int start = 0;
            for (int end = text.indexOf(','); end >= 0; end = text.indexOf(',', start)) {
                item(text.substring(start, end), start);
                start = end + 1;
            }
            item(text.substring(start), start);
        }
        if (bits != 0 && field == CronField.DAY_OF_MONTH) {
            dayRules.add(new DayRule.DaysOfMonth((int) bits));
        } else if (bits != 0 && field == CronField.DAY_OF_WEEK) {
            dayRules.add(new DayRule.Weekdays((int) bits));
        }
        return new Values(bits, List.copyOf(dayRules), starred);
    }

    private void item(String item, int at) {
        if (item.isEmpty()) {
            throw wrong("nothing stands here", at);
        }
        boolean taken = switch (field) {
            case DAY_OF_MONTH -> dayOfMonthForm(item, at);
            case DAY_OF_WEEK -> dayOfWeekForm(item, at);
            case SECOND, MINUTE, HOUR, MONTH -> false;
        };
        if (!taken) {
            plainItem(item, at);
        }
    }

    private void plainItem(String item, int at) {
        int slash = item.indexOf('/');
        String base = slash < 0 ? item : item.substring(0, slash);
        int step = slash < 0 ? 1 : number(item.substring(slash + 1), at + slash + 1);
        if (step == 0) {
            throw wrong("a step of 0 goes nowhere", at + slash + 1);
        }
        if (base.equals("*")) {
            add(new Row(field.min, field.size()), 0, step);
        } else if (base.startsWith("H") || base.startsWith("h")) {
            Row row = hashedRow(base, at);
            int choices = slash < 0 ? row.count() : Math.min(step, row.count());
            int first = (int) Long.remainderUnsigned(hash, choices);
            add(row, first, slash < 0 ? row.count() : step);
        } else if (base.indexOf('-') > 0) {
            add(range(base, at), 0, step);
        } else {
            int value = value(base, at);
            int rest = value > field.max ? field.size() : field.max - value + 1;
            add(new Row(value, slash < 0 ? 1 : rest), 0, step);
        }
    }

    /** {@code H}, or {@code H(0-29)}. */
    private Row hashedRow(String base, int at) {
        if (base.length() == 1) {
            return new Row(field.min, field.hashedSize());
        }
        if (base.charAt(1) != '(' || !base.endsWith(")") || base.indexOf('-') < 0) {
            throw wrong("after H comes a range in parentheses, such as H(" + field.min + "-" + field.max + ")", at);
        }
        return range(base.substring(2, base.length() - 1), at + 2);
    }

    private Row range(String text, int at) {
        int dash = text.indexOf('-');
        int from = value(text.substring(0, dash), at);
        int to = value(text.substring(dash + 1), at + dash + 1);
        int count = to >= from ? to - from + 1 : Math.floorMod(to - from, field.size()) + 1;
        return new Row(from, count);
    }

    /** {@code L}, {@code L-3}, {@code LW}, {@code 15W}. */
    private boolean dayOfMonthForm(String item, int at) {
        char first = item.charAt(0);
        char last = item.charAt(item.length() - 1);
        if (first == 'L' || first == 'l') {
            dayRules.add(lastDayForm(item, at));
            return true;
        }
        if ((last == 'W' || last == 'w') && item.length() > 1) {
            dayRules.add(new DayRule.NearestWorkday(value(item.substring(0, item.length() - 1), at)));
            return true;
        }
        return false;
    }

    private DayRule lastDayForm(String item, int at) {
        if (item.length() == 1) {
            return new DayRule.BeforeLastDay(0);
        }
        if (item.equalsIgnoreCase("LW")) {
            return new DayRule.LastWorkday();
        }
        if (item.charAt(1) != '-') {
            throw wrong(excerpt(item) + " is no day of a month", at);
        }
        int daysBefore = number(item.substring(2), at + 2);
        if (daysBefore > DAYS_BEFORE_LAST_MAX) {
            throw wrong("L-" + daysBefore + " is before every month's first day", at);
        }
        return new DayRule.BeforeLastDay(daysBefore);
    }

    /** {@code friL}, {@code 5L}, {@code mon#2}. */
    private boolean dayOfWeekForm(String item, int at) {
        int hash = item.indexOf('#');
        if (hash >= 0) {
            int weekday = value(item.substring(0, hash), at) % 7;
            int nth = number(item.substring(hash + 1), at + hash + 1);
            if (nth < 1 || nth > NTH_MAX) {
                throw wrong("after # comes 1 to " + NTH_MAX + ", the week of the month", at + hash + 1);
            }
            dayRules.add(new DayRule.NthWeekday(weekday, nth));
            return true;
        }
        char last = item.charAt(item.length() - 1);
        if (last != 'L' && last != 'l') {
            return false;
        }
        if (item.length() == 1) {
            throw wrong("L alone does not say which last weekday", at);
        }
        dayRules.add(new DayRule.LastWeekday(value(item.substring(0, item.length() - 1), at) % 7));
        return true;
    }

    private void add(Row row, int first, int step) {
        for (int i = first; i < row.count(); i += step) {
            bits |= 1L << (field.min + (row.start() - field.min + i) % field.size());
        }
    }

    /** A number within the field's range, or a name. */
    private int value(String text, int at) {
        int named = field.valueOfName(text);
        if (named >= 0) {
            return named;
        }
        int value = number(text, at);
        if (value < field.min || value > field.highestWritten()) {
            throw wrong(value + " is not between " + field.min + " and " + field.highestWritten(), at);
        }
        return value;
    }

    private int number(String text, int at) {
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || i >= DIGITS_MAX) {
                throw wrong(excerpt(text) + (text.indexOf('~') >= 0 ? " is random, H is stable" : " is no value"), at);
            }
            number = number * 10 + digit;
        }
        if (text.isEmpty()) {
            throw wrong("a number is missing", at);
        }
        return number;
    }

    private ScheduleFormatException wrong(String what, int at) {
        return new ScheduleFormatException(field.label + ": " + what + "; use " + field.rightForms + "; position="
                + (word.position() + at + 1) + " text=" + excerpt(word.text()));
    }
}
