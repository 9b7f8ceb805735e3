package dev.kalends.server;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All routes, as data: finds the one that a request means. */
final class RouteTable {
    private static final int SEGMENTS_MAX = 8;

    private record Entry(Route route, List<String> segments) {}

    private final List<Entry> entries = new ArrayList<>();

    RouteTable(List<Route> routes) {
        for (Route route : routes) {
            entries.add(new Entry(route, List.of(route.template().split("/", -1))));
        }
    }

    /** What a method and a path mean. */
    sealed interface Match {
        record Found(Route route, Map<String, String> valueByParameter) implements Match {}

        /** The path is known, with other methods. */
        record WrongMethod(List<String> allowed) implements Match {}

        record NoSuchPath() implements Match {}
    }

    List<Route> routes() {
        return entries.stream().map(Entry::route).toList();
    }

    /** Finds a route by the path as sent; a parameter is decoded after the path was cut, so it may hold a slash. */
    Match match(String method, String rawPath) {
        List<String> segments = List.of(rawPath.split("/", SEGMENTS_MAX + 1));
        List<String> allowed = new ArrayList<>();
        for (Entry entry : entries) {
            if (!fits(entry.segments(), segments)) {
                continue;
            }
            if (entry.route().method().equals(method)) {
                return new Match.Found(entry.route(), values(entry.segments(), segments));
            }
            allowed.add(entry.route().method());
        }
        return allowed.isEmpty() ? new Match.NoSuchPath() : new Match.WrongMethod(allowed);
    }

    private static boolean fits(List<String> template, List<String> segments) {
        if (template.size() != segments.size()) {
            return false;
        }
        for (int i = 0; i < template.size(); i++) {
            boolean fits = isParameter(template.get(i))
                    ? !segments.get(i).isEmpty()
                    : template.get(i).equals(segments.get(i));
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, String> values(List<String> template, List<String> segments) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < template.size(); i++) {
            String name = template.get(i);
            if (isParameter(name)) {
                values.put(name.substring(1, name.length() - 1), PercentText.decode(segments.get(i)));
            }
        }
        return values;
    }

    private static boolean isParameter(String segment) {
        return segment.startsWith("{");
    }
}
