package dev.kalends.schedule;

import java.time.Month;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A cron expression in English, made from what its fields mean and not from how they are written. */
final class CronWords {
    /** A longer list is not easier to read than the expression. */
    private static final int LISTED_MAX = 6;

    private CronWords() {}

    static String of(CronExpression expression) {
        LocalPattern pattern = expression.parsed().pattern();
        if (pattern.neverMatches()) {
            return "never: no date matches \"" + expression.text() + "\"";
        }
        Optional<String> times = times(pattern);
        Optional<String> days = DayWords.of(expression.parsed().days())
                .flatMap(d -> months(pattern.months).map(m -> joined(d, m)));
        if (times.isEmpty() || days.isEmpty()) {
            String known = joined(times.orElse(""), days.orElse(""));
            return "\"" + expression.text() + "\"" + (known.isEmpty() ? "" : " (" + known + ")");
        }
        boolean daily = days.get().isEmpty()
                && times.get().startsWith("at ")
                && !times.get().endsWith("every hour");
        return joined(times.get(), daily ? "every day" : days.get());
    }

    /** Whether the value of some field is chosen by the seed. */
    static boolean isHashed(String expression) {
        String text = expression.toLowerCase(Locale.ROOT);
        return !text.startsWith("@") && text.replace("thu", "").indexOf('h') >= 0;
    }

    /** {@code a, b and c}. */
    static String list(List<String> items, String lastWord) {
        int last = items.size() - 1;
        return last == 0
                ? items.getFirst()
                : String.join(", ", items.subList(0, last)) + " " + lastWord + " " + items.get(last);
    }

    /** The numbers of the bits that are set. */
    static List<Integer> values(long bits) {
        List<Integer> values = new ArrayList<>();
        for (long left = bits; left != 0; left &= left - 1) {
            values.add(Long.numberOfTrailingZeros(left));
        }
        return values;
    }

    /**
     * The distance of values that lie evenly from 0 all the way round, such as 15 for 0, 15, 30, 45; 0 if they do not.
     */
    private static int cadence(long bits, int size) {
        int count = Long.bitCount(bits);
        int step = size % count == 0 ? size / count : 0;
        for (int value = 0; step > 0 && value < size; value += step) {
            if ((bits >>> value & 1) == 0) {
                return 0;
            }
        }
        return step;
    }

    private static Optional<String> times(LocalPattern pattern) {
        List<Integer> seconds = values(pattern.seconds);
        List<Integer> minutes = values(pattern.minutes);
        List<Integer> hours = values(pattern.hours);
        if (seconds.size() * minutes.size() * hours.size() <= LISTED_MAX) {
            return Optional.of("at " + list(clockTimes(hours, minutes, seconds), "and"));
        }
        int second = seconds.getFirst();
        if (seconds.size() > 1) {
            int step = cadence(pattern.seconds, 60);
            boolean always = minutes.size() == 60 && hours.size() == 24;
            return step > 0 && always ? Optional.of(every(step, "second")) : Optional.empty();
        }
        if (minutes.size() == 1) {
            return hourly(pattern.hours, minutes.getFirst() * 60 + second);
        }
        int step = cadence(pattern.minutes, 60);
        if (step > 0) {
            String offset = second == 0 ? "" : " at second " + second;
            return stretch(pattern.hours, second, 60 - step).map(range -> every(step, "minute") + offset + range);
        }
        if (second == 0 && hours.size() == 24 && minutes.size() <= LISTED_MAX) {
            return Optional.of("at minutes " + list(texts(minutes), "and") + " of every hour");
        }
        return Optional.empty();
    }

    private static Optional<String> hourly(int hours, int secondOfHour) {
        String minute = secondOfHour % 60 == 0
                ? Integer.toString(secondOfHour / 60)
                : InstantText.timeOfDay(secondOfHour).substring(3);
        int step = cadence(hours, 24);
        if (step > 0 && secondOfHour == 0) {
            return Optional.of(every(step, "hour"));
        }
        if (step > 0) {
            return Optional.of(every(step, "hour") + " at minute " + minute);
        }
        return stretch(hours, secondOfHour, 0).map(range -> "every hour" + range);
    }

    /** {@code from 09:00 to 17:45}, nothing for the whole day; empty if the hours do not follow each other. */
    private static Optional<String> stretch(int hours, int firstSecond, int lastMinute) {
        int count = Integer.bitCount(hours);
        if (count == 24) {
            return Optional.of("");
        }
        int first = Integer.numberOfTrailingZeros(hours & ~(hours << 1 | hours >>> 23));
        for (int i = 0; i < count; i++) {
            if ((hours >>> (first + i) % 24 & 1) == 0) {
                return Optional.empty();
            }
        }
        int last = (first + count - 1) % 24;
        return Optional.of(" from " + InstantText.timeOfDay(first * 3_600 + firstSecond) + " to "
                + InstantText.timeOfDay(last * 3_600 + lastMinute * 60 + firstSecond));
    }

    private static Optional<String> months(int months) {
        List<Integer> values = values(months);
        if (values.size() == 12) {
            return Optional.of("");
        }
        int first = values.getFirst();
        int last = values.getLast();
        if (values.size() > 2 && last - first == values.size() - 1) {
            return Optional.of("from " + monthName(first) + " to " + monthName(last));
        }
        return Optional.of(
                "in " + list(values.stream().map(CronWords::monthName).toList(), "and"));
    }

    private static String monthName(int month) {
        String name = Month.of(month).name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    private static List<String> clockTimes(List<Integer> hours, List<Integer> minutes, List<Integer> seconds) {
        List<String> times = new ArrayList<>();
        for (int hour : hours) {
            for (int minute : minutes) {
                for (int second : seconds) {
                    times.add(InstantText.timeOfDay(hour * 3_600 + minute * 60 + second));
                }
            }
        }
        return times;
    }

    private static String every(int count, String unit) {
        return count == 1 ? "every " + unit : "every " + count + " " + unit + "s";
    }

    private static List<String> texts(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).toList();
    }

    private static String joined(String first, String second) {
        return first.isEmpty() || second.isEmpty() ? first + second : first + " " + second;
    }
}
