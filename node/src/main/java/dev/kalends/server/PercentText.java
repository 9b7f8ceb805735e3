package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads percent-encoded texts of paths and queries, strictly: what is malformed is refused, not guessed. */
final class PercentText {
    private PercentText() {}

    /** A path segment: {@code +} is a plus. */
    static String decode(String encoded) {
        if (encoded.indexOf('%') < 0 && encoded.chars().allMatch(c -> c < 0x80)) {
            return encoded;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c != '%') {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            boolean whole = i + 2 < encoded.length();
            int high = whole ? Character.digit(encoded.charAt(i + 1), 16) : -1;
            int low = whole ? Character.digit(encoded.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0) {
                throw malformed(i);
            }
            bytes.write(high * 16 + low);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed(0);
        }
    }

    /** A part of a query: {@code +} is a space. */
    static String decodeQuery(String encoded) {
        return decode(encoded.replace("+", "%20"));
    }

    private static ApiException malformed(int position) {
        return new ApiException(
                ErrorCode.USAGE,
                "the address is not well percent-encoded UTF-8; position=" + position,
                "encode names, such as billing/close as billing%2Fclose");
    }
}
