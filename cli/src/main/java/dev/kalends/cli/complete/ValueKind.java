package dev.kalends.cli.complete;

import dev.kalends.cli.command.OptionModel;
import dev.kalends.cli.command.WordModel;
import java.util.Optional;

/** What a value is, and so where words for it come from. Known by the labels that commands give their values. */
public enum ValueKind {
    /** Nothing can be offered. */
    FREE(""),
    /** One of a closed list that the command declares. */
    CHOICE(""),
    FILE(""),
    DIRECTORY(""),
    /** A job, by name or id. */
    JOB("job"),
    /** A run: {@code JOB@INSTANT}. */
    RUN("run"),
    /** A job, or behind an {@code @} one of its runs. */
    JOB_OR_RUN("job-or-run"),
    /** A run that used up its attempts. */
    DEAD("dead"),
    NODE("node"),
    QUEUE("queue"),
    TENANT("tenant"),
    /** A time zone; no node is asked. */
    ZONE("zone");

    private final String word;

    ValueKind(String word) {
        this.word = word;
    }

    /** The word of {@code kalends __complete WORD}; empty where nothing is asked. */
    public String word() {
        return word;
    }

    /** The kind of a word of {@code __complete}. */
    static Optional<ValueKind> ofWord(String word) {
        for (ValueKind kind : values()) {
            if (!kind.word.isEmpty() && kind.word.equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** Of an option's value. */
    public static ValueKind of(OptionModel option) {
        if (!option.choices().isEmpty()) {
            return CHOICE;
        }
        return switch (option.longName()) {
            case "--queue" -> QUEUE;
            case "--tenant" -> TENANT;
            case "--tz" -> ZONE;
            case "--job" -> JOB;
            default -> ofLabel(option.label());
        };
    }

    /** Of a word without an option, the first one being at 0. */
    public static ValueKind of(String path, WordModel word, int index) {
        if (index > 0 && !word.choices().isEmpty()) {
            return switch (path) {
                case "nodes" -> NODE;
                case "queues" -> QUEUE;
                case "leases" -> RUN;
                default -> FREE;
            };
        }
        if (!word.choices().isEmpty()) {
            return CHOICE;
        }
        return path.startsWith("dlq ") ? DEAD : ofLabel(word.label());
    }

    private static ValueKind ofLabel(String label) {
        return switch (label) {
            case "JOB", "GLOB", "JOB|GLOB" -> JOB;
            case "JOB|RUN", "JOB[@T]" -> JOB_OR_RUN;
            case "RUN" -> RUN;
            case "FILE", "FILE.ics|DATES" -> FILE;
            case "DIR", "NEW" -> DIRECTORY;
            case "TENANT" -> TENANT;
            default -> FREE;
        };
    }
}
