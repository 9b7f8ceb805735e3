package dev.kalends.cli.calendar;

import java.util.Locale;

/** One content line, {@code NAME;PARAMETER=VALUE:VALUE}: its name in capitals, its value as it stands. */
record IcsLine(String name, String value) {
    private static final int SHOWN_CHARS_MAX = 60;

    static IcsLine parse(String line) throws IcsFormatException {
        int nameEnd = 0;
        while (nameEnd < line.length() && line.charAt(nameEnd) != ';' && line.charAt(nameEnd) != ':') {
            nameEnd++;
        }
        boolean quoted = false;
        for (int i = nameEnd; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ':' && !quoted && nameEnd > 0) {
                return new IcsLine(line.substring(0, nameEnd).toUpperCase(Locale.ROOT), line.substring(i + 1));
            }
        }
        String shown = line.substring(0, Math.min(line.length(), SHOWN_CHARS_MAX));
        throw new IcsFormatException("a line of the calendar has no value; line=\"" + shown + "\"");
    }

    boolean is(String otherName, String otherValue) {
        return name.equals(otherName) && value.strip().equalsIgnoreCase(otherValue);
    }

    String upperValue() {
        return value.strip().toUpperCase(Locale.ROOT);
    }
}
