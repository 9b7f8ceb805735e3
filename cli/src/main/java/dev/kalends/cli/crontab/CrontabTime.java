package dev.kalends.cli.crontab;

import dev.kalends.schedule.CronExpression;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * When a line runs: its five fields, or its word, as Kalends reads them.
 *
 * @param note what became of a random range
 */
record CrontabTime(String text, Optional<String> note) {
    private static final String FIELDS_MIN = "00110";
    private static final List<String> FIELDS_MAX = List.of("59", "23", "31", "12", "6");
    private static final String RANDOM = "cron draws a new time for ~ at each start; H draws one that stays";

    /**
     * Reads the fields of a line.
     *
     * @throws UnkeptException when it is none that can be kept
     * @throws dev.kalends.schedule.ScheduleFormatException when it is no time
     */
    static CrontabTime of(List<String> fields) {
        if (fields.size() == 1) {
            String word = fields.getFirst();
            String plain = word.equals("@every_minute") ? "* * * * *" : word;
            if (word.toLowerCase(Locale.ROOT).equals("@reboot")) {
                throw new UnkeptException("@reboot names no time: start it as a service; word=" + word);
            }
            check(plain);
            return new CrontabTime(plain, Optional.empty());
        }
        StringJoiner text = new StringJoiner(" ");
        boolean random = false;
        for (int i = 0; i < fields.size(); i++) {
            random |= fields.get(i).indexOf('~') >= 0;
            text.add(stable(fields.get(i), i));
        }
        check(text.toString());
        return new CrontabTime(text.toString(), random ? Optional.of(RANDOM) : Optional.empty());
    }

    private static void check(String text) {
        if (CronExpression.parse(text, 0).neverFires()) {
            throw new UnkeptException("no such date ever comes; cron=" + text);
        }
    }

    /** A field with {@code H} for each random range. */
    private static String stable(String field, int place) {
        StringJoiner items = new StringJoiner(",");
        for (String item : field.split(",", -1)) {
            int tilde = item.indexOf('~');
            if (tilde < 0) {
                items.add(item);
                continue;
            }
            if (item.indexOf('/') >= 0) {
                throw new UnkeptException("a random range has no step; field=" + field);
            }
            String from = tilde == 0 ? FIELDS_MIN.substring(place, place + 1) : item.substring(0, tilde);
            String to = tilde == item.length() - 1 ? FIELDS_MAX.get(place) : item.substring(tilde + 1);
            items.add("H(" + from + "-" + to + ")");
        }
        return items.toString();
    }
}
