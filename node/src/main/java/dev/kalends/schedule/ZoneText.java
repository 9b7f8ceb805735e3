package dev.kalends.schedule;

import static dev.kalends.schedule.ScheduleFormatException.excerpt;

import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Time zones by their names in the IANA database, such as {@code Europe/Berlin} or {@code UTC}. */
public final class ZoneText {
    /** The longest name in the database has 32 characters. */
    private static final int NAME_LENGTH_MAX = 64;
    /** A name with more changes than one in four of its characters is not the one that was meant. */
    private static final int CHARACTERS_A_TYPO = 4;

    private ZoneText() {}

    /**
     * Finds a zone.
     *
     * @throws ScheduleFormatException if there is no such zone; names the nearest one
     */
    public static ZoneId parse(String name) {
        if (ZoneRulesProvider.getAvailableZoneIds().contains(name)) {
            return ZoneId.of(name);
        }
        Optional<String> meant = name.length() > NAME_LENGTH_MAX ? Optional.empty() : nearest(name);
        throw new ScheduleFormatException("no such time zone"
                + meant.map(m -> "; did you mean " + m + "?").orElse("")
                + "; use a name of the IANA database such as Europe/Berlin or UTC; tz=" + excerpt(name));
    }

    private static Optional<String> nearest(String name) {
        String typed = plain(name);
        int typosMax = typed.length() / CHARACTERS_A_TYPO;
        String meant = "";
        int best = 2 * typosMax + 2;
        for (String id : ZoneRulesProvider.getAvailableZoneIds().stream()
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .toList()) {
            String known = plain(id);
            String city = known.substring(known.lastIndexOf('/') + 1);
            // A whole name goes before the last part of another.
            int distance = Math.min(2 * changes(typed, known), 2 * changes(typed, city) + 1);
            if (distance < best) {
                best = distance;
                meant = id;
            }
        }
        return meant.isEmpty() ? Optional.empty() : Optional.of(meant);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace(' ', '_');
    }

    /** Levenshtein's distance: the least number of characters to insert, drop or replace. */
    private static int changes(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
