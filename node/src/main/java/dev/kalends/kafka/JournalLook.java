package dev.kalends.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * What there is of a cluster's journal, for whoever is no node of it.
 *
 * @param topic its name
 * @param partitions of the topic; empty when it is not there
 * @param records that were ever written to it, committed or not
 */
public record JournalLook(String topic, OptionalInt partitions, long records) {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    /**
     * Looks; changes nothing.
     *
     * @param settings whose number of partitions does not matter
     * @throws KafkaSetupException when Kafka does not answer
     */
    public static JournalLook at(KafkaSettings settings) {
        Admin admin = new KafkaClients(settings).admin();
        try {
            OptionalInt partitions = new KafkaTopics(admin, settings).journalPartitions();
            return new JournalLook(settings.journalTopic(), partitions, records(admin, settings, partitions.orElse(0)));
        } finally {
            admin.close(CLOSE_WITHIN);
        }
    }

    private static long records(Admin admin, KafkaSettings settings, int partitions) {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            ends.put(new TopicPartition(settings.journalTopic(), partition), OffsetSpec.latest());
        }
        if (ends.isEmpty()) {
            return 0;
        }
        return AdminCalls.plainAnswer(
                        admin.listOffsets(ends).all(), "tell the ends of the journal", AdminCalls.timeoutMs(settings))
                .values()
                .stream()
                .mapToLong(ListOffsetsResultInfo::offset)
                .sum();
    }
}
