package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.PeerDigest;
import dev.kalends.journal.Counts;
import dev.kalends.journal.Digest;
import dev.kalends.journal.Dump;
import dev.kalends.journal.StoreReader;
import dev.kalends.runtime.PartitionHandle;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hashes replicas of this node, one at a time: a second or so of reading for the largest that it takes, beside the
 * partition's thread. Meanwhile the store's log cannot be cut.
 */
final class ReplicaDigests {
    /** A partition with more jobs is not hashed. */
    static final long JOBS_MAX = 200_000;
    /** How long a replica may take to reach a position. */
    static final long CATCH_UP_MS = 2_000;

    private static final long TURN_MS = 10_000;
    private static final long LOOK_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(2);

    private final NodeFacts facts;
    private final Clocks clocks;
    private final Pause pause;
    private final Semaphore turn = new Semaphore(1, true);

    ReplicaDigests(NodeFacts facts, Clocks clocks, Pause pause) {
        this.facts = facts;
        this.clocks = clocks;
        this.pause = pause;
    }

    /** Hashes a replica once it has reached a position; as it is, if it does not in time. */
    PeerDigest of(PartitionHandle replica, long position) throws InterruptedException {
        if (!turn.tryAcquire(TURN_MS, TimeUnit.MILLISECONDS)) {
            throw new ApiException(
                    ErrorCode.THROTTLED, "another replica is being hashed; node=" + facts.name(), "try again", 1_000);
        }
        try {
            StoreReader reader = replica.reader();
            awaitPosition(reader, position);
            long jobs = reader.counts().stream().mapToLong(ReplicaDigests::jobs).sum();
            if (jobs > JOBS_MAX) {
                return told(replica, reader.position(), jobs, null);
            }
            Digest digest = new Digest();
            long at = reader.dump(Dump.KEYED, digest);
            return told(replica, at, jobs, digest.text());
        } finally {
            turn.release();
        }
    }

    private PeerDigest told(PartitionHandle replica, long position, long jobs, @Nullable String digest) {
        return new PeerDigest(replica.partition(), facts.name(), facts.version(), position, jobs, digest);
    }

    private static long jobs(Counts counts) {
        return counts.scheduled() + counts.paused() + counts.finished() + counts.cancelled();
    }

    private void awaitPosition(StoreReader reader, long position) throws InterruptedException {
        long startNs = clocks.monotonic().nowNs();
        while (reader.position() < position
                && clocks.monotonic().nowNs() - startNs < TimeUnit.MILLISECONDS.toNanos(CATCH_UP_MS)) {
            pause.pauseNs(LOOK_EVERY_NS);
        }
    }
}
