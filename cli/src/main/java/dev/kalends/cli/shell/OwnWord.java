package dev.kalends.cli.shell;

import dev.kalends.cli.complete.Candidate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A word that the shell itself understands. */
enum OwnWord {
    HELP("Say what there is to type"),
    HISTORY("Print what was typed"),
    CLEAR("Clear the screen"),
    EXIT("Leave; so does Ctrl-D");

    private final String line;

    OwnWord(String line) {
        this.line = line;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<OwnWord> of(String word) {
        if (word.equals("quit")) {
            return Optional.of(EXIT);
        }
        for (OwnWord own : values()) {
            if (own.word().equals(word)) {
                return Optional.of(own);
            }
        }
        return Optional.empty();
    }

    static List<Candidate> all() {
        return List.of(values()).stream()
                .map(own -> new Candidate(own.word(), own.line))
                .toList();
    }
}
