package dev.kalends.schedule;

/** Numbers as people read them; the same on every machine, whatever its language. */
public final class NumberText {
    private NumberText() {}

    /** {@code 1,000,000}. */
    public static String count(long number) {
        String digits = Long.toString(Math.abs(number));
        StringBuilder text = new StringBuilder(number < 0 ? "-" : "");
        for (int i = 0; i < digits.length(); i++) {
            text.append(i > 0 && (digits.length() - i) % 3 == 0 ? "," : "").append(digits.charAt(i));
        }
        return text.toString();
    }

    /** {@code 1 run}, {@code 2 runs}, {@code 3 breaches}. */
    public static String counted(long count, String thing) {
        String plural = thing.endsWith("ch") ? thing + "es" : thing + "s";
        return count(count) + " " + (count == 1 ? thing : plural);
    }

    /** {@code 4.2 ms}, {@code 1.3 s}. */
    public static String ms(double ms) {
        return ms >= 10_000 ? decimal(ms / 1000) + " s" : decimal(ms) + " ms";
    }

    /** At most one digit after the point. */
    public static String decimal(double number) {
        long tenths = Math.round(number * 10);
        String whole = count(tenths / 10);
        return tenths % 10 == 0 || Math.abs(number) >= 100 ? whole : whole + "." + Math.abs(tenths % 10);
    }
}
