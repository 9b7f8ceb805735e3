package dev.kalends.node;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.kafka.KafkaRunQueue;
import dev.kalends.kafka.KafkaSetupException;
import dev.kalends.server.QueueBook;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The queues that are declared in Kafka. */
final class KafkaQueueBook implements QueueBook {
    private final KafkaRunQueue queue;

    KafkaQueueBook(KafkaRunQueue queue) {
        this.queue = queue;
    }

    @Override
    public Optional<SortedSet<String>> declared() {
        return Optional.of(Collections.unmodifiableSortedSet(new TreeSet<>(queue.declared())));
    }

    @Override
    public void declare(String name) {
        try {
            queue.declare(name);
        } catch (KafkaSetupException | IllegalArgumentException e) {
            throw refused(e);
        }
    }

    @Override
    public void withdraw(String name) {
        if (!queue.declared().contains(name)) {
            throw new ApiException(
                    ErrorCode.NOT_FOUND, "no such queue is declared; queue=" + name, "list: kalends queues");
        }
        try {
            queue.remove(name);
        } catch (KafkaSetupException | IllegalArgumentException e) {
            throw refused(e);
        }
    }

    private static ApiException refused(RuntimeException cause) {
        return new ApiException(
                ErrorCode.INVALID, Optional.ofNullable(cause.getMessage()).orElse("Kafka refused it"), "");
    }
}
