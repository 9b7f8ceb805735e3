package dev.kalends.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The results as JSON: every value of every repetition. */
final class JsonPage {
    private JsonPage() {}

    static String of(Options options, Map<Contestant, Results> results, List<String> notes) {
        List<String> peers = new ArrayList<>();
        results.forEach((contestant, found) -> peers.add(object(
                "name", quoted(Options.name(contestant)),
                "title", quoted(contestant.title()),
                "syncedBeforeTheAnswer", quoted(contestant.durable()),
                "settings", quoted(contestant.settings()),
                "figures", figures(found),
                "remarks", strings(found.remarks()),
                "faults", strings(found.faults()))));
        return object(
                "repetitions", Integer.toString(options.repeat()),
                "herdJobs", Integer.toString(options.jobs()),
                "waitingJobs", Integer.toString(options.waiting()),
                "steadyRate", Integer.toString(options.rate()),
                "steadySeconds", Integer.toString(options.seconds()),
                "peers", array(peers),
                "notes", strings(notes));
    }

    private static String figures(Results found) {
        List<String> figures = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            found.median(measure)
                    .ifPresent(median -> figures.add(object(
                            "name", quoted(measure.title()),
                            "unit", quoted(measure.unit()),
                            "median", number(median),
                            "values",
                                    array(found.values(measure).stream()
                                            .map(JsonPage::number)
                                            .toList()))));
        }
        return array(figures);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static String strings(List<String> texts) {
        return array(texts.stream().map(JsonPage::quoted).toList());
    }

    private static String array(List<String> values) {
        return "[" + String.join(",", values) + "]";
    }

    /** Names and values by turns. */
    private static String object(String... words) {
        List<String> members = new ArrayList<>();
        for (int i = 0; i < words.length; i += 2) {
            members.add(quoted(words[i]) + ":" + words[i + 1]);
        }
        return "{" + String.join(",", members) + "}";
    }

    private static String quoted(String text) {
        return text.chars()
                .mapToObj(c -> c == '"' || c == '\\'
                        ? "\\" + (char) c
                        : c < ' ' ? String.format(Locale.ROOT, "\\u%04x", c) : Character.toString(c))
                .collect(Collectors.joining("", "\"", "\""));
    }
}
