package dev.kalends.cli.e2e;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A question that several evaluators are asked: the fires of an expression in a zone after an instant.
 *
 * @param cron the expression in the grammar that all crons share
 * @param calendar the same as a systemd calendar event, where it can be said: systemd knows no OR of day fields
 * @param starredStep whether a day field is a star with a step beside a day of week that is chosen
 */
record PeerQuestion(String cron, Optional<String> calendar, boolean starredStep, ZoneId zone, long afterMs) {
    static final int FIRES = 8;
    private static final List<String> ZONES = List.of(
            "UTC",
            "Europe/Berlin",
            "America/New_York",
            "Australia/Lord_Howe",
            "Africa/Cairo",
            "Europe/Dublin",
            "America/Sao_Paulo",
            "Asia/Kathmandu",
            "Pacific/Chatham",
            "America/St_Johns",
            "Asia/Tokyo",
            "Pacific/Apia",
            "Europe/Moscow",
            "America/Havana",
            "Atlantic/Azores",
            "Antarctica/Troll",
            "Asia/Tehran",
            "Pacific/Kiritimati",
            "America/Los_Angeles",
            "Asia/Kolkata");

    private static final String[] WEEKDAYS = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    private static final String[] MONTHS = {
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"
    };

    /** A field: as cron says it, and which values it means. */
    private record Field(String text, BitSet values, int size) {
        boolean all() {
            return values.cardinality() == size;
        }

        String listed() {
            return all()
                    ? "*"
                    : String.join(",", values.stream().mapToObj(String::valueOf).toList());
        }
    }

    static PeerQuestion random(SplittableRandom random) {
        Field minute = field(0, 59, random);
        Field hour = random.nextInt(3) == 0 ? one(random.nextInt(4)) : field(0, 23, random);
        Field day = random.nextInt(2) == 0 ? all(1, 31) : field(1, 31, random);
        Field month = random.nextInt(3) > 0 ? all(1, 12) : field(1, 12, random);
        Field weekday = random.nextInt(2) == 0 ? all(0, 6) : field(0, 6, random);
        String cron = String.join(
                " ",
                minute.text(),
                hour.text(),
                day.text(),
                named(month, MONTHS, 1, random),
                named(weekday, WEEKDAYS, 0, random));
        boolean either = !day.text().startsWith("*") && !weekday.text().startsWith("*");
        String calendar = weekdays(weekday) + "*-" + month.listed() + "-" + day.listed() + " " + hour.listed() + ":"
                + minute.listed() + ":00";
        ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
        boolean starredStep = (day.text().startsWith("*/") && !weekday.text().equals("*"))
                || (weekday.text().startsWith("*/") && !day.text().equals("*"));
        return new PeerQuestion(
                cron,
                either ? Optional.empty() : Optional.of(calendar + " " + zone),
                starredStep,
                zone,
                after(zone, random));
    }

    /** Any minute of fifteen years, every other time one within two days before a clock change. */
    private static long after(ZoneId zone, SplittableRandom random) {
        long anyMs = Instant.parse("2012-01-01T00:00:00Z").toEpochMilli() + random.nextLong(15 * 365 * 1_440L) * 60_000;
        ZoneOffsetTransition next = zone.getRules().nextTransition(Instant.ofEpochMilli(anyMs));
        return next == null || random.nextBoolean()
                ? anyMs
                : next.toEpochSecond() * 1_000 - random.nextLong(2 * 1_440) * 60_000;
    }

    private static Field field(int min, int max, SplittableRandom random) {
        int size = max - min + 1;
        int from = min + random.nextInt(size);
        int to = from + random.nextInt(max - from + 1);
        int step = 2 + random.nextInt(Math.min(size, 20) - 1);
        return switch (random.nextInt(6)) {
            case 0 -> all(min, max);
            case 1 -> stepped("*/" + step, min, max, step, size);
            case 2 -> stepped(from + "-" + to, from, to, 1, size);
            case 3 -> stepped(from + "-" + to + "/" + step, from, to, step, size);
            case 4 -> {
                Field first = one(from);
                Field second = one(to);
                BitSet both = (BitSet) first.values().clone();
                both.or(second.values());
                yield new Field(from == to ? first.text() : from + "," + to, both, size);
            }
            default -> new Field(Integer.toString(from), one(from).values(), size);
        };
    }

    private static Field all(int min, int max) {
        return stepped("*", min, max, 1, max - min + 1);
    }

    private static Field one(int value) {
        return stepped(Integer.toString(value), value, value, 1, Integer.MAX_VALUE);
    }

    private static Field stepped(String text, int from, int to, int step, int size) {
        BitSet values = new BitSet();
        IntStream.iterate(from, value -> value <= to, value -> value + step).forEach(values::set);
        return new Field(text, values, size);
    }

    /** Sometimes a single value by its name. */
    private static String named(Field field, String[] names, int first, SplittableRandom random) {
        boolean single = field.text().chars().allMatch(Character::isDigit);
        return single && random.nextBoolean() ? names[Integer.parseInt(field.text()) - first] : field.text();
    }

    private static String weekdays(Field weekday) {
        if (weekday.all()) {
            return "";
        }
        List<String> days = new ArrayList<>();
        weekday.values().stream().forEach(day -> days.add(WEEKDAYS[day]));
        return String.join(",", days) + " ";
    }

    /** Whether the zone's clock changes so near an instant that evaluators differ about it. */
    boolean nearClockChange(long ms) {
        ZoneOffsetTransition change =
                zone.getRules().nextTransition(Instant.ofEpochMilli(ms).minusSeconds(26 * 3_600L));
        while (change != null && change.toEpochSecond() * 1_000 <= ms + 26 * 3_600_000L) {
            long reachMs = (Math.abs(change.getDuration().toSeconds()) + 3_600) * 1_000;
            if (Math.abs(change.toEpochSecond() * 1_000 - ms) <= reachMs) {
                return true;
            }
            change = zone.getRules().nextTransition(change.getInstant());
        }
        return false;
    }

    @Override
    public String toString() {
        return "'" + cron + "' in " + zone + " after "
                + Instant.ofEpochMilli(afterMs).atOffset(ZoneOffset.UTC);
    }
}
