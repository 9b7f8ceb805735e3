package dev.kalends.client;

import java.util.List;
import java.util.Optional;

/**
 * What to forecast; the node fills in what is left out.
 *
 * @param name a glob
 * @param labels {@code key=value} each; all must match
 * @param from RFC 3339, or a duration from now
 * @param until RFC 3339, or a duration from {@code from}
 * @param step a duration
 */
public record ForecastQuery(
        Optional<String> name,
        List<String> labels,
        Optional<String> from,
        Optional<String> until,
        Optional<String> step) {
    public ForecastQuery {
        labels = List.copyOf(labels);
    }

    Target target() {
        Target target = Target.of("/v1/forecast")
                .query("name", name)
                .query("from", from)
                .query("until", until)
                .query("step", step);
        labels.forEach(label -> target.query("label", label));
        return target;
    }
}
