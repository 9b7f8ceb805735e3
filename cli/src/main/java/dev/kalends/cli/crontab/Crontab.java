package dev.kalends.cli.crontab;

import java.util.List;

/** A crontab as it was read: the lines that say what to run, those that cannot be kept, and what is said of them all. */
record Crontab(List<CrontabEntry> entries, List<Unkept> unkept, List<String> notes) {
    Crontab {
        entries = List.copyOf(entries);
        unkept = List.copyOf(unkept);
        notes = List.copyOf(notes);
    }
}
