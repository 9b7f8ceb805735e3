package dev.kalends.cli.crontab;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A line of a crontab that says what to run and when.
 *
 * @param line its number, from 1
 * @param when five fields or a word, as Kalends reads them
 * @param delayMinutes what {@code RANDOM_DELAY} said above it
 * @param variables what stood above it, {@code SHELL} and {@code PATH} at least
 * @param user what the user column said
 * @param notes what the reader should know of it
 */
record CrontabEntry(
        int line,
        String when,
        ZoneId zone,
        int delayMinutes,
        Map<String, String> variables,
        Optional<String> user,
        CrontabCommand command,
        List<String> notes) {
    CrontabEntry {
        variables = Map.copyOf(variables);
        notes = List.copyOf(notes);
    }
}
