package dev.kalends.cli.crontab;

import java.util.List;
import java.util.stream.Collectors;

/** Argument vectors as a shell reads them back. */
final class ShellText {
    private static final String PLAIN = "@%+=:,./-_";

    private ShellText() {}

    static String of(List<String> argv) {
        return argv.stream().map(ShellText::quoted).collect(Collectors.joining(" "));
    }

    static String quoted(String word) {
        boolean plain = !word.isEmpty()
                && word.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || PLAIN.indexOf(c) >= 0);
        return plain ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
