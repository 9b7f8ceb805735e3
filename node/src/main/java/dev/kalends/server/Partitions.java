package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.job.Home;
import dev.kalends.job.JobId;
import dev.kalends.job.JobName;
import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import dev.kalends.runtime.PartitionHandle;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** All partitions of the store: which one a job belongs to, and how to ask it. */
public final class Partitions {
    /** Longest wait for an answer, in milliseconds; then its outcome is in doubt. */
    static final long ANSWER_WAIT_MS = 30_000;

    /** Longest wait for a replica that is to show what its leader has committed, in milliseconds. */
    static final long REFRESH_WAIT_MS = 2_000;

    private final List<PartitionHandle> handles;

    /** In the order of their numbers, from 0; at least one. */
    public Partitions(List<PartitionHandle> handles) {
        if (handles.isEmpty()) {
            throw new IllegalArgumentException("a store has at least one partition; partitions=0");
        }
        this.handles = List.copyOf(handles);
    }

    /** In the order of their numbers. */
    public List<PartitionHandle> all() {
        return handles;
    }

    /** The owner of a job id; empty when the id is of another store. */
    Optional<PartitionHandle> of(JobId job) {
        return job.partition() < handles.size() ? Optional.of(handles.get(job.partition())) : Optional.empty();
    }

    /** Where a new job goes: by its name, else by its key, else by the request and its place in it. */
    PartitionHandle home(JobName name, String requestId, long place) {
        return handles.get(new Home(handles.size()).of(name, requestId, place));
    }

    /** The owner of a job name. */
    PartitionHandle ofName(String tenant, String name) {
        return handles.get(new Home(handles.size()).ofName(tenant, name));
    }

    /** Asks and waits for the answer; a refusal is thrown. */
    static Reply ask(PartitionHandle handle, Command command) throws InterruptedException {
        return settled(handle.ask(command));
    }

    /** Waits for an answer; a refusal is thrown. */
    static Reply settled(CompletableFuture<Reply> answer) throws InterruptedException {
        return settled(answer, ANSWER_WAIT_MS);
    }

    static Reply settled(CompletableFuture<Reply> answer, long waitMs) throws InterruptedException {
        try {
            Reply reply = answer.get(waitMs, TimeUnit.MILLISECONDS);
            if (reply instanceof Reply.Refused refused) {
                throw new ApiException(refused.code(), refused.message(), refused.hint());
            }
            return reply;
        } catch (TimeoutException e) {
            throw new ApiException(
                    ErrorCode.UNAVAILABLE,
                    "no answer in time, the outcome is in doubt; waitedMs=" + waitMs,
                    "send it again with the same request id: it is done once",
                    1000);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ApiException refused) {
                throw refused;
            }
            throw new IllegalStateException("a partition failed to answer", e.getCause());
        }
    }
}
