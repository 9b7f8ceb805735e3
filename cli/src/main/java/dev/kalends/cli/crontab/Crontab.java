package dev.kalends.cli.crontab;

import java.util.List;

/** A crontab as it was read: lines that say what to run, lines that cannot be kept, and what is said of all of it. */
record Crontab(List<CrontabEntry> entries, List<Unkept> unkept, List<String> notes) {
    Crontab {
        entries = List.copyOf(entries);
        unkept = List.copyOf(unkept);
        notes = List.copyOf(notes);
    }
}
