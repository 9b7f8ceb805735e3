package dev.kalends.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes Kafka's clients, each with the settings of its purpose; the user's own properties come last but for those. */
final class KafkaClients {
    /** Largest request of a producer: above the largest record of the journal. */
    static final int REQUEST_BYTES_MAX = 8 * 1024 * 1024;
    /** How long a transaction may stay open before the broker ends it, should its leader be gone. */
    static final int TRANSACTION_TIMEOUT_MS = 15_000;

    private static final int BATCH_BYTES = 256 * 1024;
    private static final int PARTITION_FETCH_BYTES = 2 * 1024 * 1024;
    /** Also how long a partition that is followed anew may wait for the fetch that is under way. */
    private static final int FETCH_WAIT_MS = 100;

    /** How far a replica may be behind because of it: reads of what was just written wait for that. */
    private static final int REPLICA_FETCH_WAIT_MS = 50;

    private static final int FETCH_MIN_BYTES = 256 * 1024;
    private static final int TICKET_FETCH_BYTES = 1_024;
    private static final int SLOW_FETCH_WAIT_MS = 500;
    private static final int LOOSE_BLOCK_MS = 1_000;
    private static final int POLL_RECORDS = 4_000;
    private static final int BACKOFF_MS = 5;
    private static final int BACKOFF_MAX_MS = 500;

    private final KafkaSettings settings;

    KafkaClients(KafkaSettings settings) {
        this.settings = settings;
    }

    Admin admin() {
        return Admin.create(shared());
    }

    /** The writer of a partition's journal for one term. */
    KafkaProducer<byte[], byte[]> journalProducer(int partition) {
        Map<String, Object> config = producer();
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, settings.transactionalId(partition));
        config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A writer of what may be lost: it does not wait for room for long. */
    KafkaProducer<byte[], byte[]> looseProducer(long bufferBytes) {
        Map<String, Object> config = producer();
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, bufferBytes);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LOOSE_BLOCK_MS);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A reader of committed records, of partitions and places that it is told. */
    KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(reader(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** The reader of what others write: it waits a moment for more, because each answer costs the same. */
    KafkaConsumer<byte[], byte[]> replicaConsumer() {
        Map<String, Object> config = reader();
        config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, FETCH_MIN_BYTES);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, REPLICA_FETCH_WAIT_MS);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A reader that keeps its place in Kafka under a name; from the beginning where it has none. */
    KafkaConsumer<byte[], byte[]> placedConsumer(String group) {
        Map<String, Object> config = reader();
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, SLOW_FETCH_WAIT_MS);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, true);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A taker of single records, which says of each what became of it. */
    KafkaShareConsumer<byte[], byte[]> shareConsumer() {
        Map<String, Object> config = shared();
        config.put(ConsumerConfig.GROUP_ID_CONFIG, settings.workersGroup());
        config.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
        config.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        // The broker looks at the head of every batch in what it could send, though it sends one record: by the profile
        // half of its work when there was room for a megabyte of tickets.
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, TICKET_FETCH_BYTES);
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, TICKET_FETCH_BYTES);
        // It is asked only while somebody waits, which may be never.
        config.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, Integer.MAX_VALUE);
        return new KafkaShareConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Map<String, Object> producer() {
        Map<String, Object> config = shared();
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, REQUEST_BYTES_MAX);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, settings.requestTimeoutMs());
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2 * settings.requestTimeoutMs());
        return config;
    }

    private Map<String, Object> reader() {
        Map<String, Object> config = shared();
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS);
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_FETCH_BYTES);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, settings.requestTimeoutMs());
        return config;
    }

    private Map<String, Object> shared() {
        Map<String, Object> config = new HashMap<>();
        // Beans for tools that nobody attaches cost a takeover time.
        config.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        config.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        config.putAll(settings.client());
        config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.servers());
        config.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, settings.requestTimeoutMs());
        config.put(CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG, BACKOFF_MS);
        config.put(CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG, BACKOFF_MAX_MS);
        config.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, BACKOFF_MAX_MS);
        return config;
    }
}
