package dev.kalends.runtime;

import dev.kalends.journal.Change;
import dev.kalends.partition.Effect;
import dev.kalends.partition.Reply;
import dev.kalends.partition.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A batch while it is decided and committed: its changes, its effects, and the replies it holds back. */
final class OpenBatch {
    private final Workspace workspace;
    private final List<Held> replies = new ArrayList<>();
    private final List<Runnable> afterwards = new ArrayList<>();
    private List<Change> changes = List.of();
    private List<Effect> effects = List.of();

    private record Held(CompletableFuture<Reply> answer, Reply reply) {}

    OpenBatch(Workspace workspace) {
        this.workspace = workspace;
    }

    void hold(CompletableFuture<Reply> answer, Reply reply) {
        replies.add(new Held(answer, reply));
    }

    /** An answer that is due even though nothing could be decided: {@link #fail} gives it. */
    void owe(CompletableFuture<Reply> answer) {
        replies.add(new Held(answer, new Reply.Done()));
    }

    /** Does something once the batch is committed, before the replies are released. */
    void then(Runnable action) {
        afterwards.add(action);
    }

    boolean isEmpty() {
        return workspace.isEmpty() && replies.isEmpty() && afterwards.isEmpty();
    }

    /** Whether it is as large as a batch should be. */
    boolean full() {
        return workspace.size() >= Leadership.BATCH_CHANGES;
    }

    /** Ends deciding. */
    void close(long nowMs) {
        Workspace.Taken taken = workspace.take();
        changes = taken.changes();
        effects = taken.effects();
    }

    List<Change> changes() {
        return changes;
    }

    /** After the commit: runs the effects, then what was asked for, then lets the replies go. */
    void release(Leadership leader) {
        leader.run(effects);
        afterwards.forEach(Runnable::run);
        afterwards.clear();
        for (Held held : replies) {
            held.answer.complete(held.reply);
        }
        replies.clear();
    }

    void fail(Throwable why) {
        replies.forEach(held -> held.answer.completeExceptionally(why));
        replies.clear();
        afterwards.clear();
    }
}
