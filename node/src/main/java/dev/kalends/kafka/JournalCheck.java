package dev.kalends.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.TopicConfig;

/** Looks whether a topic can be the journal: what is wrong with it, and what to set. */
final class JournalCheck {
    private static final int SAFE_REPLICAS = 3;

    private JournalCheck() {}

    /** What is wrong, all of it, each with what to do. */
    static List<String> faults(TopicDescription topic, Map<String, String> config, KafkaSettings settings) {
        List<String> faults = new ArrayList<>();
        int partitions = topic.partitions().size();
        if (partitions != settings.partitions()) {
            faults.add("its number of partitions is fixed for ever, start with --partitions " + partitions
                    + ", partitions=" + partitions + " asked=" + settings.partitions());
        }
        String policy = config.getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, "");
        if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            faults.add("anything but compaction loses jobs, set cleanup.policy=compact, cleanup.policy=" + policy);
        }
        if (Boolean.parseBoolean(config.get(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG))) {
            faults.add("a broker that missed records must not lead it, set unclean.leader.election.enable=false,"
                    + " unclean.leader.election.enable=true");
        }
        replicas(topic, config, settings, faults);
        atLeast(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, KafkaClients.REQUEST_BYTES_MAX, faults);
        atLeast(config, TopicConfig.DELETE_RETENTION_MS_CONFIG, KafkaTopics.REMOVALS_KEPT_LEAST_MS, faults);
        return faults;
    }

    private static void replicas(
            TopicDescription topic, Map<String, String> config, KafkaSettings settings, List<String> faults) {
        int replicas = topic.partitions().stream()
                .map(TopicPartitionInfo::replicas)
                .mapToInt(List::size)
                .min()
                .orElse(0);
        if (replicas < settings.replicationFactor()) {
            faults.add("it has fewer replicas than asked for, reassign its partitions, replicationFactor=" + replicas
                    + " asked=" + settings.replicationFactor());
        }
        if (replicas >= SAFE_REPLICAS) {
            atLeast(config, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, 2, faults);
        }
    }

    private static void atLeast(Map<String, String> config, String name, long least, List<String> faults) {
        String is = config.getOrDefault(name, "0");
        if (Long.parseLong(is) < least) {
            faults.add("set " + name + "=" + least + " or more, " + name + "=" + is);
        }
    }
}
