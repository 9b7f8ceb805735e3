/**
 * Owns what a cluster keeps in Kafka: the journal of each partition ({@link dev.kalends.kafka.KafkaJournal}), the run
 * queue ({@link dev.kalends.kafka.KafkaRunQueue}), the output tails ({@link dev.kalends.kafka.KafkaOutputLog}) and the
 * topics they live in.
 *
 * <p>May import: {@code time}, {@code job}, {@code journal}, {@code runqueue}. Start reading at
 * {@link dev.kalends.kafka.KafkaCluster}; what stands in the journal's topic is in {@code JournalRecords}.
 */
@NullMarked
package dev.kalends.kafka;

import org.jspecify.annotations.NullMarked;
