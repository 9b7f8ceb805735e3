package dev.kalends.cli.complete;

import java.util.Locale;
import java.util.Optional;

/** A shell that we have a completion script for. */
public enum ShellKind {
    BASH("kalends.bash"),
    ZSH("_kalends"),
    FISH("kalends.fish");

    private final String file;

    ShellKind(String file) {
        this.file = file;
    }

    /** The file name of the script, by which the shell finds it. */
    public String file() {
        return file;
    }

    static Optional<ShellKind> ofWord(String word) {
        for (ShellKind kind : values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** The script. */
    public String script(CommandTree tree) {
        return switch (this) {
            case BASH -> new BashScript(tree).text();
            case ZSH -> new ZshScript(tree).text();
            case FISH -> new FishScript(tree).text();
        };
    }
}
