package dev.kalends.cli.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Picks single fields out of JSON by their names, without the product's own reader. */
final class Json {
    private Json() {}

    /** The first number of a name; -1 when there is none. */
    static long number(String json, String field) {
        Matcher found = Pattern.compile("\"" + field + "\":(-?\\d+)").matcher(json);
        return found.find() ? Long.parseLong(found.group(1)) : -1;
    }

    static List<Long> numbers(String json, String field) {
        Matcher found = Pattern.compile("\"" + field + "\":(-?\\d+)").matcher(json);
        List<Long> values = new ArrayList<>();
        while (found.find()) {
            values.add(Long.parseLong(found.group(1)));
        }
        return values;
    }

    /** All texts of a name, in order; what is escaped in them stays escaped. */
    static List<String> texts(String json, String field) {
        Matcher found =
                Pattern.compile("\"" + field + "\":\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(json);
        List<String> values = new ArrayList<>();
        while (found.find()) {
            values.add(found.group(1));
        }
        return values;
    }
}
