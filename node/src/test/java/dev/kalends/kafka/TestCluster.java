package dev.kalends.kafka;

import dev.kalends.testing.KafkaBroker;
import java.util.List;
import java.util.Map;

/** Settings to test with. */
final class TestCluster {
    /** As many as the samples need. */
    static final int PARTITIONS = 2;
    /** So few that they are displaced. */
    static final int HISTORY_LINES = 16;

    private static final int REQUEST_TIMEOUT_MS = 3_000;

    private TestCluster() {}

    static KafkaSettings settings(String cluster, KafkaBroker broker) {
        return new KafkaSettings(
                List.of(broker.address()), cluster, PARTITIONS, 0, HISTORY_LINES, REQUEST_TIMEOUT_MS, Map.of());
    }
}
