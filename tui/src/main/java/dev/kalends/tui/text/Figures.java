package dev.kalends.tui.text;

import dev.kalends.schedule.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Numbers as people read them; the same on every machine, whatever its language. */
public final class Figures {
    private Figures() {}

    /** {@code 1,000,000}. */
    public static String count(long number) {
        return NumberText.count(number);
    }

    /** {@code 4.2 ms}, {@code 1.3 s}. */
    public static String ms(double ms) {
        return NumberText.ms(ms);
    }

    /** At most one digit after the point. */
    public static String decimal(double number) {
        return NumberText.decimal(number);
    }

    /** {@code 12 scheduled, 3 paused}; zeros are left out. */
    public static String counts(Map<String, Long> countByWord) {
        List<String> parts = new ArrayList<>();
        countByWord.forEach((word, count) -> {
            if (count != 0) {
                parts.add(count(count) + " " + word);
            }
        });
        return parts.isEmpty() ? "none" : String.join(", ", parts);
    }
}
