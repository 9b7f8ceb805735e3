package dev.kalends.partition;

import dev.kalends.job.Hash;
import java.util.regex.Pattern;

/**
 * Groups errors that differ only in their particulars: numbers, hexadecimal ids, quoted texts and paths are replaced,
 * and what is left is hashed to 8 hexadecimal digits.
 */
public final class Fingerprint {
    private static final Pattern PARTICULARS = Pattern.compile(
            "\"[^\"]*\"|'[^']*'|0x[0-9a-fA-F]+|\\b[0-9a-fA-F]{8,}(?:-[0-9a-fA-F]{4,})*\\b|/[^\\s:,]+|[0-9]+");
    private static final Pattern STATUS = Pattern.compile("^(?:exit|HTTP|signal) [0-9A-Za-z]+");

    private Fingerprint() {}

    /** The fingerprint of an error; a leading exit code, signal or HTTP status counts. */
    public static String of(String error) {
        var status = STATUS.matcher(error);
        String head = status.find() ? status.group() : "";
        String rest = PARTICULARS.matcher(error.substring(head.length())).replaceAll("?");
        return String.format("%08x", (int) Hash.of(head, rest));
    }
}
