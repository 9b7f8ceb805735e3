package dev.kalends.cli.crontab;

import java.util.Optional;

/**
 * What cron hands to the shell, and what to its stdin: the first {@code %} ends the command, each further one is a line
 * end, {@code \%} is a percent sign, and stdin ends in a line end.
 */
record CrontabCommand(String shellText, Optional<String> stdin) {
    /** Cuts the rest of a line. */
    static CrontabCommand of(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) != '%') {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        end = Math.min(end, text.length());
        String command = text.substring(0, end).replace("\\%", "%");
        String rest = end < text.length() ? text.substring(end + 1) : "";
        return new CrontabCommand(command, rest.isEmpty() ? Optional.empty() : Optional.of(input(rest)));
    }

    private static String input(String text) {
        StringBuilder input = new StringBuilder(text.length() + 1);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escapes = c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == '%';
            if (escapes) {
                input.append('%');
                i++;
            } else {
                input.append(c == '%' ? '\n' : c);
            }
        }
        return input.charAt(input.length() - 1) == '\n'
                ? input.toString()
                : input.append('\n').toString();
    }

    /** The rest of a line that cron would cut into these; empty when there is none. */
    Optional<String> text() {
        boolean foreign = shellText.indexOf('\n') >= 0 || shellText.startsWith("*");
        StringBuilder text = new StringBuilder(shellText.replace("%", "\\%"));
        stdin.filter(input -> !input.isEmpty()).ifPresent(input -> {
            String body = input.endsWith("\n") ? input.substring(0, input.length() - 1) : input;
            // cron adds a line end only to a text that does not end in one.
            text.append('%')
                    .append((body.isEmpty() || body.endsWith("\n") ? input : body)
                            .replace("%", "\\%")
                            .replace('\n', '%'));
        });
        return foreign || !of(text.toString()).equals(normal()) ? Optional.empty() : Optional.of(text.toString());
    }

    private CrontabCommand normal() {
        return new CrontabCommand(shellText, stdin.filter(input -> !input.isEmpty()));
    }
}
