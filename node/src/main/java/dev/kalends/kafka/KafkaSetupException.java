package dev.kalends.kafka;

/** Kafka is not as a cluster of Kalends needs it: the message says what is wrong and what to set. */
public final class KafkaSetupException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public KafkaSetupException(String message) {
        super(message);
    }

    public KafkaSetupException(String message, Throwable cause) {
        super(message, cause);
    }
}
