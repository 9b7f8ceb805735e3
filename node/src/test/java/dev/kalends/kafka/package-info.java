/** Tests of what a cluster keeps in Kafka, against a real broker; start reading at {@code KafkaJournalTest}. */
@NullMarked
package dev.kalends.kafka;

import org.jspecify.annotations.NullMarked;
