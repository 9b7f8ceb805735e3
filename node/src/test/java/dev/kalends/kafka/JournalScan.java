package dev.kalends.kafka;

import dev.kalends.testing.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads the journal's records as they stand in the topic. */
final class JournalScan {
    private JournalScan() {}

    /** All committed records of the samples' partition. */
    static List<ConsumerRecord<byte[], byte[]>> records(KafkaSettings settings) {
        TopicPartition partition = new TopicPartition(settings.journalTopic(), Samples.PARTITION);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaClients(settings).consumer()) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, 0);
            long end = Objects.requireNonNull(
                    consumer.endOffsets(List.of(partition)).get(partition));
            while (consumer.position(partition) < end) {
                records.addAll(consumer.poll(Duration.ofMillis(100)).records(partition));
            }
        }
        return records;
    }

    /** The keys that have a value, in hexadecimal, each with its kind in front. */
    static List<String> keysInForce(KafkaSettings settings) {
        Map<String, Boolean> inForce = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records(settings)) {
            String key = (char) record.key()[0] + " " + HexFormat.of().formatHex(record.key());
            inForce.put(key, record.value() != null);
        }
        return inForce.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
    }
}
