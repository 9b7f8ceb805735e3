package dev.kalends.testing;

import dev.kalends.job.Limits;
import dev.kalends.job.RunId;
import dev.kalends.journal.OutputLog;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An {@link OutputLog} in memory. */
public final class MemoryOutputLog implements OutputLog {
    private final Map<Key, Tail> tailByAttempt = new LinkedHashMap<>();

    private record Key(RunId run, int attempt) {}

    @Override
    public synchronized void append(RunId run, int attempt, long offset, byte[] bytes) {
        tailByAttempt.merge(new Key(run, attempt), new Tail(offset, bytes), MemoryOutputLog::join);
        tailByAttempt.computeIfPresent(new Key(run, attempt), (_, tail) -> last(tail, Limits.OUTPUT_BYTES_MAX));
    }

    @Override
    public synchronized Optional<Tail> read(RunId run, int attempt) {
        return Optional.ofNullable(tailByAttempt.get(new Key(run, attempt)));
    }

    @Override
    public synchronized void prune(long bytesKept) {
        long kept = tailByAttempt.values().stream()
                .mapToLong(tail -> tail.bytes().length)
                .sum();
        for (Iterator<Tail> oldest = tailByAttempt.values().iterator(); kept > bytesKept && oldest.hasNext(); ) {
            kept -= oldest.next().bytes().length;
            oldest.remove();
        }
    }

    @Override
    public void close() {}

    private static Tail join(Tail before, Tail after) {
        long endOfBefore = before.offset() + before.bytes().length;
        if (after.offset() > endOfBefore) {
            return after;
        }
        int known = (int) Math.min(endOfBefore - after.offset(), after.bytes().length);
        byte[] fresh = Arrays.copyOfRange(after.bytes(), known, after.bytes().length);
        byte[] all = Arrays.copyOf(before.bytes(), before.bytes().length + fresh.length);
        System.arraycopy(fresh, 0, all, before.bytes().length, fresh.length);
        return new Tail(before.offset(), all);
    }

    private static Tail last(Tail tail, int max) {
        int cut = Math.max(0, tail.bytes().length - max);
        return new Tail(tail.offset() + cut, Arrays.copyOfRange(tail.bytes(), cut, tail.bytes().length));
    }
}
