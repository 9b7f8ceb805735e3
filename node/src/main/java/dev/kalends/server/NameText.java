package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import java.nio.charset.StandardCharsets;

/** The grammar of names: of jobs, tenants, queues and workers. */
final class NameText {
    private static final String FORBIDDEN = "@:,*=";

    private NameText() {}

    /** Refuses a text that is no name; says which field, which limit, which character. */
    static void check(String field, String name, int bytesMax) {
        if (name.isEmpty()) {
            throw invalid(field + " is empty; " + field + "=\"\"");
        }
        if (name.length() > bytesMax || name.getBytes(StandardCharsets.UTF_8).length > bytesMax) {
            throw invalid(field + " has at most " + bytesMax + " bytes; " + field + "=" + Texts.excerpt(name));
        }
        if (name.charAt(0) == '-') {
            throw invalid(field + " does not begin with a minus; " + field + "=" + Texts.excerpt(name));
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < name.length()
                    && Character.isLowSurrogate(name.charAt(i + 1));
            boolean plain = pair || Texts.isPlain(c);
            if (!plain || Character.isWhitespace(c) || Character.isSpaceChar(c) || FORBIDDEN.indexOf(c) >= 0) {
                throw invalid(String.format(
                        "%s has no white space, control characters or any of %s; position=%d character=U+%04X",
                        field, FORBIDDEN, i + 1, (int) c));
            }
            i += pair ? 1 : 0;
        }
    }

    private static ApiException invalid(String message) {
        return new ApiException(ErrorCode.INVALID, message, "");
    }
}
