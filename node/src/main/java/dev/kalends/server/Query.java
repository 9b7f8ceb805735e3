package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The part of an address after {@code ?}: named values, of which a handler says which it knows. */
final class Query {
    private static final int PAIRS_MAX = 100;

    private final Map<String, List<String>> valuesByName = new TreeMap<>();

    private Query() {}

    static Query parse(@Nullable String rawQuery) {
        Query query = new Query();
        if (rawQuery == null || rawQuery.isEmpty()) {
            return query;
        }
        String[] pairs = rawQuery.split("&", PAIRS_MAX + 1);
        if (pairs.length > PAIRS_MAX) {
            throw invalid("a query has at most " + PAIRS_MAX + " parts; parts>" + PAIRS_MAX);
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = PercentText.decodeQuery(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : PercentText.decodeQuery(pair.substring(equals + 1));
            query.valuesByName.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
        }
        return query;
    }

    /** Refuses names that are not known here: a misspelt filter must not list everything. */
    void allow(Set<String> names) {
        for (String name : valuesByName.keySet()) {
            if (!names.contains(name)) {
                throw invalid(
                        "unknown parameter; known are " + String.join(", ", List.copyOf(new java.util.TreeSet<>(names)))
                                + "; parameter=" + Texts.excerpt(name));
            }
        }
    }

    /** The only value of a name; an empty one counts as absent. */
    Optional<String> one(String name) {
        List<String> values = all(name);
        if (values.size() > 1) {
            throw invalid("the parameter is given more than once; parameter=" + name);
        }
        return values.isEmpty() || values.getFirst().isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
    }

    List<String> all(String name) {
        return valuesByName.getOrDefault(name, List.of());
    }

    /** {@code true} or {@code false}; absent is false. */
    boolean flag(String name) {
        return one(name)
                .map(value -> switch (value) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw invalid("the parameter is true or false; " + name + "=" + Texts.excerpt(value));
                })
                .orElse(false);
    }

    /** A whole number in a range. */
    long number(String name, long absent, long min, long max) {
        Optional<String> text = one(name);
        if (text.isEmpty()) {
            return absent;
        }
        try {
            long number = Long.parseLong(text.get());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the one message that says what would be right.
        }
        throw invalid(
                "the parameter is a number from " + min + " to " + max + "; " + name + "=" + Texts.excerpt(text.get()));
    }

    private static ApiException invalid(String message) {
        return new ApiException(ErrorCode.INVALID, message, "");
    }
}
