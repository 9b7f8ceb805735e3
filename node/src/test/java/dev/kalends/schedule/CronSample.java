package dev.kalends.schedule;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * A made-up cron expression together with what it means, said a second time in terms of {@code java.time} and without
 * any production code. Whoever makes the text knows its meaning, so no second parser is needed.
 *
 * @param wildcard whether second, minute or hour starts with a star
 */
record CronSample(
        String text, BitSet seconds, BitSet minutes, BitSet hours, Predicate<LocalDate> days, boolean wildcard) {

    /** One field: its text, its plain values, and for days the rule. */
    private record Field(String text, BitSet values, Predicate<LocalDate> days) {
        boolean starred() {
            return text.startsWith("*") || text.equals("?");
        }
    }

    private enum Kind {
        SIXTY(0, 59, ""),
        HOUR(0, 23, ""),
        DAY_OF_MONTH(1, 31, ""),
        MONTH(1, 12, "jan feb mar apr may jun jul aug sep oct nov dec"),
        DAY_OF_WEEK(0, 6, "sun mon tue wed thu fri sat");

        final int min;
        final int max;
        final String names;

        Kind(int min, int max, String names) {
            this.min = min;
            this.max = max;
            this.names = names;
        }
    }

    /** Five fields. */
    static CronSample ofMinutes(SplittableRandom random) {
        return make("", new Field("0", bits(0), _ -> true), random);
    }

    /** Six fields. */
    static CronSample ofSeconds(SplittableRandom random) {
        Field seconds = field(Kind.SIXTY, random);
        return make(seconds.text + " ", seconds, random);
    }

    /** Every day at one time. */
    static CronSample daily(int hour, int minute) {
        return new CronSample(minute + " " + hour + " * * *", bits(0), bits(minute), bits(hour), _ -> true, false);
    }

    private static CronSample make(String start, Field seconds, SplittableRandom random) {
        Field minutes = field(Kind.SIXTY, random);
        Field hours = random.nextInt(3) == 0 ? nightHours(random) : field(Kind.HOUR, random);
        Field ofMonth = random.nextInt(2) == 0 ? everyDay(random) : field(Kind.DAY_OF_MONTH, random);
        Field months = random.nextInt(3) > 0 ? every("*") : field(Kind.MONTH, random);
        Field ofWeek = random.nextInt(2) == 0 ? everyDay(random) : field(Kind.DAY_OF_WEEK, random);
        Predicate<LocalDate> inMonth = months.text.equals("*") ? _ -> true : d -> months.values.get(d.getMonthValue());
        Predicate<LocalDate> day =
                ofMonth.starred() || ofWeek.starred() ? ofMonth.days.and(ofWeek.days) : ofMonth.days.or(ofWeek.days);
        return new CronSample(
                start + String.join(" ", minutes.text, hours.text, ofMonth.text, months.text, ofWeek.text),
                seconds.values,
                minutes.values,
                hours.values,
                inMonth.and(day),
                seconds.text.startsWith("*") || minutes.starred() || hours.starred());
    }

    /** The hours in which most clocks change. */
    private static Field nightHours(SplittableRandom random) {
        int hour = random.nextInt(4);
        return new Field(Integer.toString(hour), bits(hour), _ -> true);
    }

    private static Field everyDay(SplittableRandom random) {
        return every(random.nextBoolean() ? "*" : "?");
    }

    private static Field every(String text) {
        return new Field(text, new BitSet(), _ -> true);
    }

    private static Field field(Kind kind, SplittableRandom random) {
        List<String> texts = new ArrayList<>();
        BitSet values = new BitSet();
        Predicate<LocalDate> days = _ -> false;
        int items = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 1;
        for (int i = 0; i < items; i++) {
            Field item = random.nextInt(3) == 0 ? dayForm(kind, random) : item(kind, random);
            texts.add(item.text);
            values.or(item.values);
            days = days.or(item.days);
        }
        return new Field(String.join(",", texts), values, days);
    }

    private static Field item(Kind kind, SplittableRandom random) {
        int size = kind.max - kind.min + 1;
        int from = kind.min + random.nextInt(size);
        int to = kind.min + random.nextInt(size);
        int step = 1 + random.nextInt(random.nextBoolean() ? size : 6);
        return switch (random.nextInt(7)) {
            case 0 -> plain(kind, "*", kind.min, size, 1);
            case 1 -> plain(kind, "*/" + step, kind.min, size, step);
            case 2 -> plain(kind, name(kind, from, random) + "/" + step, from, kind.max - from + 1, step);
            case 3 -> plain(kind, range(kind, from, to, random), from, Math.floorMod(to - from, size) + 1, 1);
            case 4 ->
                plain(kind, range(kind, from, to, random) + "/" + step, from, Math.floorMod(to - from, size) + 1, step);
            default -> plain(kind, name(kind, from, random), from, 1, 1);
        };
    }

    private static String range(Kind kind, int from, int to, SplittableRandom random) {
        return name(kind, from, random) + "-" + name(kind, to, random);
    }

    private static String name(Kind kind, int value, SplittableRandom random) {
        if (!kind.names.isEmpty() && random.nextBoolean()) {
            String name = List.of(kind.names.split(" ", -1)).get(value - kind.min);
            return random.nextBoolean() ? name : name.toUpperCase(Locale.ROOT);
        }
        return Integer.toString(value);
    }

    /** So many values in a row, going round at the end, of which every so-manieth counts. */
    private static Field plain(Kind kind, String text, int from, int count, int step) {
        BitSet values = new BitSet();
        int value = from;
        for (int i = 0; i < count; i++) {
            if (i % step == 0) {
                values.set(value);
            }
            value = value == kind.max ? kind.min : value + 1;
        }
        Predicate<LocalDate> days = switch (kind) {
            case DAY_OF_MONTH -> d -> values.get(d.getDayOfMonth());
            case DAY_OF_WEEK -> d -> values.get(weekday(d));
            case SIXTY, HOUR, MONTH -> _ -> true;
        };
        return new Field(text, values, days);
    }

    private static Field dayForm(Kind kind, SplittableRandom random) {
        return switch (kind) {
            case SIXTY, HOUR, MONTH -> item(kind, random);
            case DAY_OF_MONTH -> {
                int day = 1 + random.nextInt(31);
                yield switch (random.nextInt(4)) {
                    case 0 -> new Field("L", new BitSet(), d -> d.getDayOfMonth() == d.lengthOfMonth());
                    case 1 ->
                        new Field(
                                "L-" + (day - 1), new BitSet(), d -> d.getDayOfMonth() == d.lengthOfMonth() - day + 1);
                    case 2 -> new Field("lw", new BitSet(), CronSample::isLastWorkday);
                    default -> new Field(day + "W", new BitSet(), d -> isNearestWorkday(d, day));
                };
            }
            case DAY_OF_WEEK -> {
                int weekday = random.nextInt(7);
                int nth = 1 + random.nextInt(5);
                String name = weekday == 0 && random.nextBoolean() ? "7" : name(kind, weekday, random);
                yield random.nextBoolean()
                        ? new Field(
                                name + "L",
                                new BitSet(),
                                d -> weekday(d) == weekday && d.getDayOfMonth() + 7 > d.lengthOfMonth())
                        : new Field(
                                name + "#" + nth,
                                new BitSet(),
                                d -> weekday(d) == weekday && (d.getDayOfMonth() + 6) / 7 == nth);
            }
        };
    }

    private static boolean isLastWorkday(LocalDate date) {
        LocalDate last = date.withDayOfMonth(date.lengthOfMonth());
        while (isWeekend(last)) {
            last = last.minusDays(1);
        }
        return date.equals(last);
    }

    /** The nearest one to a day within the month, looking back before looking ahead. */
    private static boolean isNearestWorkday(LocalDate date, int day) {
        if (day > date.lengthOfMonth()) {
            return false;
        }
        for (int distance : new int[] {0, -1, 1, -2, 2}) {
            LocalDate near = date.withDayOfMonth(day).plusDays(distance);
            if (near.getMonth() == date.getMonth() && !isWeekend(near)) {
                return date.equals(near);
            }
        }
        throw new AssertionError("three days in a row have no workday; date=" + date);
    }

    private static boolean isWeekend(LocalDate date) {
        return date.getDayOfWeek().getValue() > 5;
    }

    private static int weekday(LocalDate date) {
        return date.getDayOfWeek().getValue() % 7;
    }

    private static BitSet bits(int value) {
        BitSet bits = new BitSet();
        bits.set(value);
        return bits;
    }
}
