package dev.kalends.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The shipped rules for Prometheus name only metrics that a node has. */
final class AlertRulesTest {
    private static final String RULES = "scripts/alerts/kalends.rules.yml";
    private static final Pattern NAME = Pattern.compile("\\bkalends_[a-z0-9_]+");

    private static Set<String> named(Path file) throws IOException {
        Set<String> names = new TreeSet<>();
        Matcher matcher = NAME.matcher(Files.readString(file));
        while (matcher.find()) {
            names.add(matcher.group());
        }
        return names;
    }

    private static Path file(String path) {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve(path))) {
            directory = java.util.Objects.requireNonNull(directory.getParent(), "not inside the repository");
        }
        return directory.resolve(path);
    }

    @Test
    void everyMetricOfTheRulesIsServed() throws IOException {
        try (ServedNode node = new ServedNode()) {
            RawHttp admin = node.admin();
            admin.post("/v1/jobs", "{\"name\":\"m\",\"manual\":true,\"noop\":true}");
            admin.post("/v1/jobs/m/trigger", "");
            new Hand(node, "w1").claimOne();
            admin.post("/v1/jobs", "{\"name\":\"n\",\"manual\":true,\"noop\":true,\"queue\":\"gpu\"}");
            admin.post("/v1/jobs/n/trigger", "");
            Set<String> served = admin.get("/metrics")
                    .text()
                    .lines()
                    .filter(line -> line.startsWith("# TYPE "))
                    .map(line -> line.substring("# TYPE ".length(), line.lastIndexOf(' ')))
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> missing = named(file(RULES));
            assertTrue(missing.size() > 8, missing.toString());
            missing.removeAll(served);
            assertEquals(Set.of(), missing, "metrics of " + RULES + " that /metrics does not have");
        }
    }

    @Test
    void whatTheRulesCompareIsThere() {
        try (ServedNode node = new ServedNode()) {
            RawHttp admin = node.admin();
            admin.post("/v1/jobs", "{\"name\":\"t\",\"in\":\"0s\",\"noop\":true}");
            new Hand(node, "w1").claimOne();
            String text = admin.get("/metrics").text();
            assertTrue(text.contains("\nkalends_ready 1\n"), text);
            assertTrue(text.contains("\nkalends_workers{state=\"live\"} 1\n"), text);
            assertTrue(text.contains("\nkalends_queue_workers{queue=\"default\"} 1\n"), text);
            assertTrue(text.contains("\nkalends_recent_skew_seconds{quantile=\"0.99\"} NaN\n"), text);
            admin.post("/v1/jobs", "{\"name\":\"u\",\"in\":\"0s\",\"noop\":true}");
            Hand hand = new Hand(node, "w1");
            hand.report(hand.claimOne(), "succeeded", "", "");
            String later = admin.get("/metrics").text();
            assertTrue(later.matches("(?s).*\nkalends_recent_skew_seconds\\{quantile=\"0.99\"} [0-9.E-]+\n.*"), later);
            node.health.drain();
            assertTrue(admin.get("/metrics").text().contains("\nkalends_ready 0\n"));
        }
    }
}
