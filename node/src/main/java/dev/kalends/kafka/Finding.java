package dev.kalends.kafka;

/**
 * What was found out about one thing in Kafka.
 *
 * @param subject one word, stable
 * @param advice what to do; empty when all is well
 */
public record Finding(String subject, Weight weight, String found, String advice) {
    /** How it is. */
    public enum Weight {
        OK,
        WARN,
        FAIL
    }

    static Finding ok(String subject, String found) {
        return new Finding(subject, Weight.OK, found, "");
    }

    static Finding warn(String subject, String found, String advice) {
        return new Finding(subject, Weight.WARN, found, advice);
    }

    static Finding fail(String subject, String found, String advice) {
        return new Finding(subject, Weight.FAIL, found, advice);
    }
}
