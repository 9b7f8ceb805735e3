package dev.kalends.kafka;

import dev.kalends.job.JobId;
import dev.kalends.job.RunId;
import dev.kalends.journal.Change;
import dev.kalends.journal.Codec;
import dev.kalends.journal.StoreException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The records of the journal's topic: one for each change of a batch, then one that ends it.
 *
 * <p>A key is a byte that says the kind, then the change's key; two changes of equal keys have equal bytes for ever, or
 * compaction would keep both. The value is the change itself, by {@link Codec}; a removal has none, and is read from
 * the key alone. Numbers in keys are big-endian.
 *
 * <pre>
 *   s job 8, generation 4   a spec; without a value: the job is removed
 *   t job 8                 a job's state; without a value: it goes with its job
 *   l job 8, from 8         a line of the ledger
 *   r d k                   an open run, a dead letter, a submit key: then the removal by Codec, which names it
 *   q n c p                 a request, tenant, counts, pause: then the name
 *   o day 4                 a day slot
 *   b job 8, number 4       a backfill
 *   H                       the head
 *   h place 4               a line of history: number modulo the lines kept, so that the newest displace the oldest
 *   E                       the end of a batch: {@link BatchEnd}
 *   B                       a barrier, likewise
 * </pre>
 */
final class JournalRecords {
    private static final char SPEC = 's';
    private static final char STATE = 't';
    private static final char LEDGER = 'l';
    private static final char RUN = 'r';
    private static final char DEAD = 'd';
    private static final char SUBMIT_KEY = 'k';
    private static final char REQUEST = 'q';
    private static final char TENANT = 'n';
    private static final char COUNTS = 'c';
    private static final char PAUSE = 'p';
    private static final char SLOT = 'o';
    private static final char BACKFILL = 'b';
    private static final char HEAD = 'H';
    private static final char HISTORY = 'h';
    private static final char END = 'E';
    private static final char BARRIER = 'B';

    private JournalRecords() {}

    /** What a record says. */
    sealed interface Content {
        /** A step of the partition's state. */
        record Changed(Change change) implements Content {}

        /** Nothing that something else does not say too. */
        record Nothing() implements Content {}

        /** A batch ends here. */
        record Ended(BatchEnd end) implements Content {}

        /** A term begins here. */
        record Barrier(BatchEnd end) implements Content {}
    }

    static byte[] endKey() {
        return new byte[] {END};
    }

    static byte[] barrierKey() {
        return new byte[] {BARRIER};
    }

    /** The key of a line of history. */
    static byte[] historyKey(long number, int linesKept) {
        return ByteBuffer.allocate(1 + Integer.BYTES)
                .put((byte) HISTORY)
                .putInt((int) (number % linesKept))
                .array();
    }

    static byte[] specKey(JobId job, int generation) {
        return ofJob(SPEC, job, Integer.BYTES).putInt(generation).array();
    }

    static byte[] stateKey(JobId job) {
        return ofJob(STATE, job, 0).array();
    }

    static byte[] ledgerKey(JobId job, long fromMs) {
        return ofJob(LEDGER, job, Long.BYTES).putLong(fromMs).array();
    }

    /** The key of a change that is neither a line of history nor the removal of a job: those have other keys. */
    static byte[] key(Change change) {
        return switch (change) {
            case Change.PutSpec put -> specKey(put.spec().id(), put.spec().generation());
            case Change.PutState put -> stateKey(put.state().id());
            case Change.PutRun put -> runKey(put.run().id());
            case Change.RemoveRun remove -> runKey(remove.id());
            case Change.PutLedger put -> ledgerKey(put.line().job(), put.line().fromMs());
            case Change.RemoveLedger remove -> ledgerKey(remove.job(), remove.fromMs());
            case Change.PutDead put ->
                encoded(DEAD, new Change.RemoveDead(put.letter().run().id()));
            case Change.RemoveDead remove -> encoded(DEAD, remove);
            case Change.PutSubmitKey put ->
                encoded(SUBMIT_KEY, new Change.RemoveSubmitKey(put.entry().id()));
            case Change.RemoveSubmitKey remove -> encoded(SUBMIT_KEY, remove);
            case Change.PutRequest put -> text(REQUEST, put.answer().requestId());
            case Change.RemoveRequest remove -> text(REQUEST, remove.requestId());
            case Change.PutSlot put ->
                ByteBuffer.allocate(1 + Integer.BYTES)
                        .put((byte) SLOT)
                        .putInt(put.day())
                        .array();
            case Change.PutTenant put -> text(TENANT, put.tenant().name());
            case Change.PutCounts put -> text(COUNTS, put.counts().tenant());
            case Change.PutPause put -> text(PAUSE, put.order().tenant().orElse(""));
            case Change.RemovePause remove -> text(PAUSE, remove.tenant().orElse(""));
            case Change.PutBackfill put ->
                backfillKey(put.backfill().job(), put.backfill().number());
            case Change.RemoveBackfill remove -> backfillKey(remove.job(), remove.number());
            case Change.PutHead _ -> new byte[] {HEAD};
            case Change.AppendHistory _, Change.RemoveJob _ ->
                throw new IllegalArgumentException("this change has no key of its own; change="
                        + change.getClass().getSimpleName());
        };
    }

    /** The value of a change; a removal has none. */
    static byte @Nullable [] value(Change change) {
        return switch (change) {
            case Change.RemoveJob _,
                    Change.RemoveRun _,
                    Change.RemoveLedger _,
                    Change.RemoveDead _,
                    Change.RemoveSubmitKey _,
                    Change.RemoveRequest _,
                    Change.RemovePause _,
                    Change.RemoveBackfill _ -> null;
            case Change.PutSpec _,
                    Change.PutState _,
                    Change.PutRun _,
                    Change.AppendHistory _,
                    Change.PutLedger _,
                    Change.PutDead _,
                    Change.PutSubmitKey _,
                    Change.PutRequest _,
                    Change.PutSlot _,
                    Change.PutTenant _,
                    Change.PutPause _,
                    Change.PutBackfill _,
                    Change.PutCounts _,
                    Change.PutHead _ -> Codec.encode(change);
        };
    }

    /** Reads a record; throws {@link StoreException} like {@link Codec}. */
    static Content read(byte[] key, byte @Nullable [] value) {
        char kind = key.length == 0 ? 0 : (char) key[0];
        if (key.length == 0) {
            throw unknown(kind);
        }
        if (value == null) {
            return removal(kind, key).<Content>map(Content.Changed::new).orElse(new Content.Nothing());
        }
        return switch (kind) {
            case END -> new Content.Ended(BatchEnd.read(value));
            case BARRIER -> new Content.Barrier(BatchEnd.read(value));
            case SPEC,
                    STATE,
                    LEDGER,
                    RUN,
                    DEAD,
                    SUBMIT_KEY,
                    REQUEST,
                    TENANT,
                    COUNTS,
                    PAUSE,
                    SLOT,
                    BACKFILL,
                    HEAD,
                    HISTORY -> new Content.Changed(Codec.decodeChange(value));
            default -> throw unknown(kind);
        };
    }

    private static Optional<Change> removal(char kind, byte[] key) {
        ByteBuffer rest = ByteBuffer.wrap(key, 1, key.length - 1);
        try {
            return switch (kind) {
                case SPEC -> Optional.of(new Change.RemoveJob(new JobId(rest.getLong())));
                case LEDGER -> Optional.of(new Change.RemoveLedger(new JobId(rest.getLong()), rest.getLong()));
                case RUN, DEAD, SUBMIT_KEY -> Optional.of(Codec.decodeChange(Arrays.copyOfRange(key, 1, key.length)));
                case REQUEST -> Optional.of(new Change.RemoveRequest(text(rest)));
                case PAUSE ->
                    Optional.of(new Change.RemovePause(Optional.of(text(rest)).filter(name -> !name.isEmpty())));
                case BACKFILL -> Optional.of(new Change.RemoveBackfill(new JobId(rest.getLong()), rest.getInt()));
                case STATE -> Optional.empty();
                default -> throw unknown(kind);
            };
        } catch (BufferUnderflowException e) {
            throw new StoreException(StoreException.Kind.DAMAGED, "a key of the journal is too short; kind=" + kind, e);
        }
    }

    private static StoreException unknown(char kind) {
        return new StoreException(
                StoreException.Kind.NEWER,
                "the journal holds a record of a kind that this version of Kalends does not know: start the newer"
                        + " version again; kind=" + (int) kind);
    }

    private static byte[] runKey(RunId run) {
        return encoded(RUN, new Change.RemoveRun(run));
    }

    private static byte[] backfillKey(JobId job, int number) {
        return ofJob(BACKFILL, job, Integer.BYTES).putInt(number).array();
    }

    private static ByteBuffer ofJob(char kind, JobId job, int more) {
        return ByteBuffer.allocate(1 + Long.BYTES + more).put((byte) kind).putLong(job.value());
    }

    private static byte[] encoded(char kind, Change removal) {
        return kindAnd(kind, Codec.encode(removal));
    }

    private static byte[] text(char kind, String text) {
        return kindAnd(kind, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ByteBuffer rest) {
        return StandardCharsets.UTF_8.decode(rest).toString();
    }

    private static byte[] kindAnd(char kind, byte[] rest) {
        return ByteBuffer.allocate(1 + rest.length).put((byte) kind).put(rest).array();
    }
}
