package dev.kalends.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * An expression in the grammar that all crons share, in their fields' texts, with a zone and an instant to ask at.
 *
 * @param weekdays by names, because Sunday has two numbers and three
 */
record PeerSample(
        String minutes, String hours, String days, String months, String weekdays, ZoneId zone, long afterMs) {
    static final List<String> WEEKDAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final long FROM_MS = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();
    private static final long YEARS_MS = 40 * 365L * 86_400_000;

    /** Only one of the two day fields is chosen: where both are, each cron has a rule of its own. */
    static PeerSample random(ZoneId zone, SplittableRandom random) {
        boolean ofWeek = random.nextBoolean();
        boolean anyDay = random.nextInt(3) == 0;
        return new PeerSample(
                field(0, 59, List.of(), random),
                random.nextInt(3) == 0 ? "" + random.nextInt(4) : field(0, 23, List.of(), random),
                anyDay || ofWeek ? "*" : field(1, 31, List.of(), random),
                random.nextInt(3) > 0 ? "*" : field(1, 12, MONTHS, random),
                anyDay || !ofWeek ? "*" : field(0, 6, WEEKDAYS, random),
                zone,
                FROM_MS + random.nextLong(YEARS_MS));
    }

    String cron() {
        return String.join(" ", minutes, hours, days, months, weekdays);
    }

    private static String field(int min, int max, List<String> names, SplittableRandom random) {
        int from = min + random.nextInt(max - min + 1);
        int to = from + random.nextInt(max - from + 1);
        int step = 1 + random.nextInt(Math.min(20, max - min));
        List<String> words = new ArrayList<>();
        for (int value : new int[] {from, to}) {
            words.add(names.isEmpty() ? Integer.toString(value) : names.get(value - min));
        }
        // A step over named days counts from a number that is not the same everywhere.
        int forms = names.isEmpty() ? 6 : 4;
        return switch (random.nextInt(forms)) {
            case 0 -> "*";
            case 1 -> from == to ? words.getFirst() : String.join("-", words);
            case 2 -> from == to ? words.getFirst() : String.join(",", words);
            case 3 -> words.getFirst();
            case 4 -> "*/" + step;
            default -> from + "-" + to + "/" + step;
        };
    }

    /** Whether the zone's clock changes between two instants or within two days of them. */
    boolean clockChanges(long fromMs, long toMs) {
        ZoneOffsetTransition change =
                zone.getRules().nextTransition(Instant.ofEpochMilli(fromMs).minusSeconds(2 * 86_400));
        return change != null && change.toEpochSecond() * 1_000 <= toMs + 2 * 86_400_000L;
    }

    @Override
    public String toString() {
        return "'" + cron() + "' in " + zone + " after " + Instant.ofEpochMilli(afterMs);
    }
}
