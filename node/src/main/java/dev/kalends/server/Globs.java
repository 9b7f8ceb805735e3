package dev.kalends.server;

/** Patterns over names: {@code *} is any text, {@code ?} any one character. It goes back at most to the last star. */
final class Globs {
    private Globs() {}

    /** Whether a pattern matches more than one text. */
    static boolean isPattern(String glob) {
        return glob.indexOf('*') >= 0 || glob.indexOf('?') >= 0;
    }

    /** The text before the first wildcard. */
    static String prefix(String glob) {
        int end = 0;
        while (end < glob.length() && glob.charAt(end) != '*' && glob.charAt(end) != '?') {
            end++;
        }
        return glob.substring(0, end);
    }

    static boolean matches(String glob, String text) {
        int at = 0;
        int inText = 0;
        int star = -1;
        int starText = 0;
        while (inText < text.length()) {
            if (at < glob.length()
                    && (glob.charAt(at) == '?' || glob.charAt(at) == text.charAt(inText))
                    && glob.charAt(at) != '*') {
                at++;
                inText++;
            } else if (at < glob.length() && glob.charAt(at) == '*') {
                star = at++;
                starText = inText;
            } else if (star >= 0) {
                at = star + 1;
                inText = ++starText;
            } else {
                return false;
            }
        }
        while (at < glob.length() && glob.charAt(at) == '*') {
            at++;
        }
        return at == glob.length();
    }
}
