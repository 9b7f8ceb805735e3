package dev.kalends.worker;

import dev.kalends.job.Limits;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Makes one bounded line without control characters out of what a stranger wrote. */
final class PlainText {
    private static final Pattern ESCAPE_SEQUENCES =
            Pattern.compile("\u001b(\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(\u0007|\u001b\\\\)?|.)");

    private PlainText() {}

    /** Terminal sequences go, other control and format characters become blanks. */
    static String of(String text) {
        String bare = ESCAPE_SEQUENCES.matcher(text).replaceAll("");
        StringBuilder plain = new StringBuilder(bare.length());
        bare.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
                .forEach(plain::appendCodePoint);
        return bounded(plain.toString());
    }

    /** At most {@link Limits#ERROR_BYTES_MAX} bytes of UTF-8, cut between characters. */
    static String bounded(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            bytes += Character.toString(point).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > Limits.ERROR_BYTES_MAX) {
                return text.substring(0, i);
            }
            i += Character.charCount(point);
        }
        return text;
    }
}
