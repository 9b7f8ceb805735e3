package dev.kalends.tui.text;

import java.util.Arrays;

/** Numbers as small columns side by side. */
public final class Sparks {
    private static final String STEPS = "▁▂▃▄▅▆▇█";
    private static final String SHADES = " ░▒▓█";

    private Sparks() {}

    /** One sign a number, the highest fills it. */
    public static String of(long[] numbers) {
        long most = Math.max(1, Arrays.stream(numbers).max().orElse(0));
        StringBuilder line = new StringBuilder();
        for (long number : numbers) {
            int step = number <= 0 ? 0 : Math.clamp((number * 7 + most - 1) / most, 1, 7);
            line.append(STEPS.charAt(step));
        }
        return line.toString();
    }

    /** A shade for a share of a whole; a little is not nothing. */
    public static char shade(long part, long whole) {
        if (part <= 0 || whole <= 0) {
            return SHADES.charAt(0);
        }
        return SHADES.charAt(Math.clamp((part * 4 + whole - 1) / whole, 1, 4));
    }
}
