package dev.kalends.journal;

import dev.kalends.job.RunId;
import java.util.Optional;

/**
 * Output tails of attempts: kept outside the journal, bounded, and lost first. Called from any thread.
 *
 * <p>At most {@link dev.kalends.job.Limits#OUTPUT_BYTES_MAX} bytes an attempt are kept, the last ones.
 */
public interface OutputLog extends AutoCloseable {
    /**
     * Adds bytes that begin at an offset of the attempt's output. Bytes that are known are skipped; after a gap what
     * lay before it is dropped, so that a tail is one stretch.
     */
    void append(RunId run, int attempt, long offset, byte[] bytes);

    /** What is kept of an attempt's output. */
    Optional<Tail> read(RunId run, int attempt);

    /** Forgets the oldest tails until at most so many bytes are kept. */
    void prune(long bytesKept);

    @Override
    void close();

    /**
     * A tail.
     *
     * @param offset bytes of output before it
     */
    record Tail(long offset, byte[] bytes) {}
}
