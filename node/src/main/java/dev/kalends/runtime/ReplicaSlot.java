package dev.kalends.runtime;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.journal.StoreReader;
import dev.kalends.partition.Command;
import dev.kalends.partition.Reply;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * A partition's place on a node: with a replica in it that follows the record and may lead, or empty.
 *
 * <pre>
 *   empty --begin--> held --end--> empty, and nothing of it is left on disk
 * </pre>
 *
 * <p>An empty place refuses everything: whoever asks has to ask another node. {@link #open}, {@link #start}, {@link
 * #begin}, {@link #end} and {@link #close} belong to whoever says what is held here, one thread; all others may be
 * called from any.
 */
public final class ReplicaSlot implements Replica {
    private static final String EMPTY = "this node holds no replica of this partition";
    private static final long RETRY_AFTER_MS = 1_000;

    private final int partition;
    private final Home home;
    private final Seat nobody = new Seat(() -> {});
    private volatile Optional<PartitionLoop> loop = Optional.empty();
    private volatile Optional<String> problem = Optional.empty();
    private Optional<PartitionThread> thread = Optional.empty();

    /** Where a replica is kept. */
    public interface Home {
        /** What its loop is made of: the store as it is, and a journal that goes on from there. */
        LoopParts open();

        /** Leaves nothing of what the store held; its loop and journal have ended. */
        void empty();
    }

    /** An empty place. */
    public ReplicaSlot(int partition, Home home) {
        this.partition = partition;
        this.home = home;
    }

    /** Makes the replica's loop; it stands still until {@link #start}. */
    public void open() {
        loop = Optional.of(new PartitionLoop(home.open()));
    }

    /** Has the replica follow, and lead when it may. */
    public void start() {
        loop.ifPresent(held -> {
            PartitionThread started = new PartitionThread(held);
            thread = Optional.of(started);
            started.start();
        });
    }

    /** Holds a replica from now on. */
    public void begin() {
        open();
        start();
    }

    /** Holds none any more, and frees what it took. */
    public void end() {
        Optional<PartitionLoop> held = loop;
        loop = Optional.empty();
        close();
        try {
            held.ifPresent(_ -> home.empty());
        } catch (RuntimeException e) {
            // What nobody follows must not be taken for a replica at the next start: the node ends, and goes on with
            // it.
            problem = Optional.of("the replica here cannot be removed: " + e.getMessage());
            throw e;
        }
    }

    /** Stops after the batch in hand; what is on disk stays. */
    public void close() {
        thread.ifPresent(PartitionThread::close);
        thread = Optional.empty();
    }

    @Override
    public boolean held() {
        return loop.isPresent();
    }

    @Override
    public int partition() {
        return partition;
    }

    @Override
    public Seat seat() {
        return loop.map(PartitionLoop::seat).orElse(nobody);
    }

    @Override
    public boolean isCurrent() {
        return loop.map(PartitionLoop::isCurrent).orElse(false);
    }

    @Override
    public boolean awaitApplied(long position, long waitMs) throws InterruptedException {
        Optional<PartitionLoop> held = loop;
        return held.isPresent() && held.get().awaitApplied(position, waitMs);
    }

    @Override
    public boolean broken() {
        return problem.isPresent() || loop.map(PartitionLoop::broken).orElse(false);
    }

    @Override
    public CompletableFuture<Reply> ask(Command command) {
        return loop.map(held -> held.ask(command)).orElseGet(() -> CompletableFuture.failedFuture(refusal()));
    }

    @Override
    public CompletableFuture<Reply> claim(Command.Claim claim, long waitMs) {
        return loop.map(held -> held.claim(claim, waitMs)).orElseGet(() -> CompletableFuture.failedFuture(refusal()));
    }

    @Override
    public StoreReader reader() {
        return loop.orElseThrow(this::refusal).reader();
    }

    @Override
    public boolean refresh(long waitMs) {
        return loop.map(held -> held.refresh(waitMs)).orElse(false);
    }

    @Override
    public long asOfMs() {
        return loop.map(PartitionLoop::asOfMs).orElse(0L);
    }

    @Override
    public Status status() {
        return loop.map(PartitionLoop::status).orElseGet(() -> nothing(problem.orElse(EMPTY)));
    }

    @Override
    public OptionalLong leaseLeftMs(long token) {
        return loop.map(held -> held.leaseLeftMs(token)).orElse(OptionalLong.empty());
    }

    private static Status nothing(String why) {
        return new Status(false, 0, 0, 0, -1, 0, 0, 0, 0, 0, Missed.NONE, why);
    }

    private ApiException refusal() {
        return new ApiException(
                ErrorCode.UNAVAILABLE,
                EMPTY + "; partition=" + partition,
                "ask another node: kalends nodes",
                RETRY_AFTER_MS);
    }
}
