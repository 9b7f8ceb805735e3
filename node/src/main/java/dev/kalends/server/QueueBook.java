package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import java.util.Optional;
import java.util.SortedSet;

/** Which queues take jobs. Called from any thread. */
public interface QueueBook {
    /** The queues that operators declared, as of a moment ago; empty when every queue takes jobs. Never blocks. */
    Optional<SortedSet<String>> declared();

    /** Declares a queue; nothing happens when it is declared already. Blocks until it takes jobs. */
    void declare(String queue);

    /** Takes a declaration back; {@code not_found} when there is none. */
    void withdraw(String queue);

    /** The book of a node that is alone: every queue takes jobs, nothing is declared. */
    static QueueBook open() {
        return new QueueBook() {
            @Override
            public Optional<SortedSet<String>> declared() {
                return Optional.empty();
            }

            @Override
            public void declare(String queue) {
                throw undeclared(queue);
            }

            @Override
            public void withdraw(String queue) {
                throw undeclared(queue);
            }
        };
    }

    private static ApiException undeclared(String queue) {
        return new ApiException(
                ErrorCode.INVALID,
                "queues are declared in a cluster only: here every queue takes jobs; queue=" + queue,
                "name it when you submit: kalends submit --queue " + queue);
    }
}
