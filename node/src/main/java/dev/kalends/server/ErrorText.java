package dev.kalends.server;

import dev.kalends.job.Limits;

/** Errors as workers report them: one line, bounded, without anything that moves a cursor. */
final class ErrorText {
    private ErrorText() {}

    static String bounded(String error) {
        StringBuilder line = new StringBuilder(Math.min(error.length(), Limits.ERROR_BYTES_MAX));
        int bytes = 0;
        for (int i = 0; i < error.length(); i++) {
            int point = error.codePointAt(i);
            boolean pair = Character.isSupplementaryCodePoint(point);
            int shown = pair || Texts.isPlain((char) point) ? point : ' ';
            bytes += shown < 0x80 ? 1 : shown < 0x800 ? 2 : shown < 0x10000 ? 3 : 4;
            if (bytes > Limits.ERROR_BYTES_MAX) {
                break;
            }
            line.appendCodePoint(shown);
            i += pair ? 1 : 0;
        }
        return line.toString().strip();
    }
}
