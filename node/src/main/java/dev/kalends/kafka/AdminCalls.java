package dev.kalends.kafka;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/** Waits for answers of Kafka's admin client, a bounded time, and says in one place what it means when none comes. */
final class AdminCalls {
    private AdminCalls() {}

    /** How long to wait: Kafka's own timeout comes first, and says more. */
    static long timeoutMs(KafkaSettings settings) {
        return 2L * settings.requestTimeoutMs();
    }

    /**
     * Waits for an answer.
     *
     * @param what was asked for, as the end of "Kafka does not …"
     * @throws ExecutionException with Kafka's own error, when it is neither silence nor a refusal
     */
    static <T> T answer(KafkaFuture<T> future, String what, long timeoutMs) throws ExecutionException {
        try {
            return future.get(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = cause(e);
            if (cause instanceof AuthorizationException || cause instanceof AuthenticationException) {
                throw new KafkaSetupException(
                        "Kafka refuses to " + what + ": see its ACLs and the file of --kafka-properties; cause="
                                + cause.getMessage(),
                        cause);
            }
            if (cause instanceof org.apache.kafka.common.errors.TimeoutException) {
                throw silent(what, timeoutMs);
            }
            throw e;
        } catch (TimeoutException e) {
            throw silent(what, timeoutMs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaSetupException("interrupted while Kafka was asked; asked=" + what, e);
        }
    }

    /** The same, for a question that Kafka answers with no error of its own. */
    static <T> T plainAnswer(KafkaFuture<T> future, String what, long timeoutMs) {
        try {
            return answer(future, what, timeoutMs);
        } catch (ExecutionException e) {
            throw new KafkaSetupException("Kafka does not " + what + "; cause=" + cause(e).getMessage(), e);
        }
    }

    /** Kafka's own error. */
    static Throwable cause(ExecutionException e) {
        return Objects.requireNonNullElse(e.getCause(), e);
    }

    /** The answer for the one thing that was asked about. */
    static <K, T> KafkaFuture<T> only(Map<K, KafkaFuture<T>> answers, K asked) {
        return Objects.requireNonNull(answers.get(asked));
    }

    private static KafkaSetupException silent(String what, long timeoutMs) {
        return new KafkaSetupException("Kafka does not answer: check that it runs and that --kafka names its servers;"
                + " asked=" + what + " timeoutMs=" + timeoutMs);
    }
}
