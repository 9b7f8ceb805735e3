package dev.kalends.runtime;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import java.util.Optional;

/** Where commands come in, and how they are turned away. */
final class Entrance {
    private static final long RETRY_MS = 1_000;
    private static final String UNKNOWN_OUTCOME =
            "send the same request again with the same request id: it is answered once";

    private final int partition;
    private final Inbox inbox;

    Entrance(int partition, Inbox inbox) {
        this.partition = partition;
        this.inbox = inbox;
    }

    /** Takes a command in; its answer fails at once when there are too many. */
    void put(Inbox.Item item) {
        if (!inbox.offer(item)) {
            item.answer()
                    .completeExceptionally(new ApiException(
                            ErrorCode.THROTTLED,
                            "too many commands wait; inbox=" + Inbox.CAPACITY,
                            "try again in a moment",
                            RETRY_MS));
        }
    }

    /** Turns away everybody who waits. */
    void refuseAll(String why) {
        if (inbox.size() == 0) {
            return;
        }
        ApiException refusal = unavailable(why);
        for (Optional<Inbox.Item> item = inbox.poll(); item.isPresent(); item = inbox.poll()) {
            item.get().answer().completeExceptionally(refusal);
        }
    }

    ApiException unavailable(String why) {
        return new ApiException(
                ErrorCode.UNAVAILABLE,
                "partition " + partition + " cannot decide now: " + why,
                UNKNOWN_OUTCOME,
                RETRY_MS);
    }
}
