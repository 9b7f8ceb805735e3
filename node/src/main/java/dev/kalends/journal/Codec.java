package dev.kalends.journal;

import dev.kalends.job.Attempt;
import dev.kalends.job.Backfill;
import dev.kalends.job.DeadLetter;
import dev.kalends.job.JobId;
import dev.kalends.job.JobPlan;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.PauseOrder;
import dev.kalends.job.Policy;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.RunState;
import dev.kalends.job.Tenant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The binary form of everything durable: protobuf messages, described by {@code kalends.proto} beside this class.
 *
 * <p>Every message is versioned (field 15, absent = 1), fields that a build does not know are passed over, and values
 * that equal their default cost nothing. Methods with a {@link JobId} leave that job out, because the row says it.
 * Reading throws {@link StoreException} of kind DAMAGED for bytes that are no such message, of kind NEWER for a later
 * record version, and nothing else; writing throws {@link IllegalArgumentException} for a value above its limit.
 * Stateless; called from any thread.
 */
public final class Codec {
    /** Longest encoding of one record. */
    public static final int RECORD_BYTES_MAX = 4 * 1024 * 1024;
    /** Longest encoding of one batch. */
    public static final int BATCH_BYTES_MAX = 64 * 1024 * 1024;

    private static final JobId NO_JOB = new JobId(0);

    private Codec() {}

    /** The templates that a store keeps, by number. */
    @FunctionalInterface
    public interface Templates {
        Optional<Template> template(int number);
    }

    public static byte[] encode(Batch batch) {
        return bounded(ChangeCodec.write(batch), BATCH_BYTES_MAX, "batch");
    }

    public static Batch decodeBatch(byte[] bytes) {
        return decode(bytes, BATCH_BYTES_MAX, "batch", ChangeCodec::readBatch);
    }

    public static byte[] encode(Change change) {
        return bounded(ChangeCodec.write(change), "change");
    }

    public static Change decodeChange(byte[] bytes) {
        return decode(bytes, "change", ChangeCodec::read);
    }

    /** The complete form of a spec. */
    public static byte[] encode(JobSpec spec) {
        return bounded(SpecCodec.write(spec), "spec");
    }

    public static JobSpec decodeSpec(byte[] bytes) {
        return decode(bytes, "spec", SpecCodec::read);
    }

    /**
     * The form of a spec in a store's row, which knows the id.
     *
     * @param dueMs the due instant that the row of a one-off has beside it
     * @param template the number of the spec's {@link Template}; empty to keep tenant and policy inside
     */
    public static byte[] encodeStored(JobSpec spec, OptionalLong dueMs, OptionalLong template) {
        return encodeStored(storedWriter(), spec, dueMs, template, OptionalLong.empty());
    }

    /** A writer for {@link #encodeStored}, which serves for one spec after the other. */
    public static FieldWriter storedWriter() {
        return new FieldWriter(Texts.PACKED);
    }

    /**
     * The same, written by a {@link #storedWriter}.
     *
     * @param keyHash kept beside the spec, for {@link #decodeKeyHash}
     */
    public static byte[] encodeStored(
            FieldWriter writer, JobSpec spec, OptionalLong dueMs, OptionalLong template, OptionalLong keyHash) {
        writer.begin();
        return bounded(SpecCodec.writeStored(writer, spec, dueMs, template, keyHash), "spec");
    }

    /** Reads of a store's form only the hash that lies beside the spec. */
    public static OptionalLong decodeKeyHash(byte[] bytes) {
        return stored(bytes, SpecCodec::readKeyHash);
    }

    public static JobSpec decodeStored(byte[] bytes, JobId id, OptionalLong dueMs, Templates templates) {
        return stored(bytes, in -> SpecCodec.readStored(in, id, dueMs, templates));
    }

    /** A store's form that has such a hash, without it. */
    public static byte[] withoutKeyHash(byte[] bytes) {
        return SpecCodec.withoutKeyHash(bytes);
    }

    /** Reads of a store's form only when the job fires. */
    public static JobPlan decodePlan(byte[] bytes, JobId id, OptionalLong dueMs, Templates templates) {
        return stored(bytes, in -> SpecCodec.readPlan(in, id, dueMs, templates));
    }

    /** A plan on its own, as {@link #decodePlan} reads it without knowing anything of it. */
    public static byte[] encode(JobPlan plan) {
        return bounded(SpecCodec.write(plan), "plan");
    }

    /** Reads of a store's form only whose job it is. */
    public static String decodeTenant(byte[] bytes, Templates templates) {
        return stored(bytes, in -> SpecCodec.readTenant(in, templates));
    }

    public static byte[] encode(Template template) {
        return bounded(PolicyCodec.write(template), "template");
    }

    public static Template decodeTemplate(byte[] bytes) {
        return decode(bytes, "template", PolicyCodec::readTemplate);
    }

    public static byte[] encode(Policy policy) {
        return bounded(PolicyCodec.write(policy), "policy");
    }

    public static Policy decodePolicy(byte[] bytes) {
        return decode(bytes, "policy", PolicyCodec::read);
    }

    public static byte[] encode(JobState state, JobId understood) {
        return bounded(StateCodec.write(state, understood), "job state");
    }

    public static JobState decodeState(byte[] bytes, JobId understood) {
        return decode(bytes, "job state", in -> StateCodec.read(in, understood));
    }

    public static byte[] encode(Run run, JobId understood) {
        return bounded(RunCodec.write(run, understood), "run");
    }

    public static Run decodeRun(byte[] bytes, JobId understood) {
        return decode(bytes, "run", in -> RunCodec.read(in, understood));
    }

    public static byte[] encode(Attempt attempt) {
        return bounded(RunCodec.write(attempt), "attempt");
    }

    public static Attempt decodeAttempt(byte[] bytes) {
        return decode(bytes, "attempt", RunCodec::readAttempt);
    }

    public static byte[] encode(DeadLetter letter, JobId understood) {
        return bounded(RunCodec.write(letter, understood), "dead letter");
    }

    public static DeadLetter decodeDead(byte[] bytes, JobId understood) {
        return decode(bytes, "dead letter", in -> RunCodec.readDead(in, understood));
    }

    public static byte[] encode(LedgerLine line, JobId understood) {
        return bounded(StateCodec.write(line, understood), "ledger line");
    }

    public static LedgerLine decodeLedger(byte[] bytes, JobId understood) {
        return decode(bytes, "ledger line", in -> StateCodec.readLedger(in, understood));
    }

    public static byte[] encode(SubmitKey entry) {
        return bounded(EntryCodec.write(entry), "submit key");
    }

    public static SubmitKey decodeSubmitKey(byte[] bytes) {
        return decode(bytes, "submit key", EntryCodec::readSubmitKey);
    }

    public static byte[] encode(RequestAnswer answer) {
        return bounded(EntryCodec.write(answer), "request answer");
    }

    public static RequestAnswer decodeRequest(byte[] bytes) {
        return decode(bytes, "request answer", EntryCodec::readRequest);
    }

    public static byte[] encode(Tenant tenant) {
        return bounded(EntryCodec.write(tenant), "tenant");
    }

    public static Tenant decodeTenant(byte[] bytes) {
        return decode(bytes, "tenant", EntryCodec::readTenant);
    }

    public static byte[] encode(PauseOrder order) {
        return bounded(PauseCodec.write(order), "pause");
    }

    public static PauseOrder decodePause(byte[] bytes) {
        return decode(bytes, "pause", PauseCodec::readOrder);
    }

    /** Encodes a backfill whose job is known from elsewhere. */
    public static byte[] encode(Backfill backfill, JobId job) {
        return bounded(PauseCodec.write(backfill, job), "backfill");
    }

    public static Backfill decodeBackfill(byte[] bytes, JobId job) {
        return decode(bytes, "backfill", in -> PauseCodec.readBackfill(in, job));
    }

    public static byte[] encode(Counts counts) {
        return bounded(EntryCodec.write(counts), "counts");
    }

    public static Counts decodeCounts(byte[] bytes) {
        return decode(bytes, "counts", EntryCodec::readCounts);
    }

    public static byte[] encode(Head head) {
        return bounded(EntryCodec.write(head), "head");
    }

    public static Head decodeHead(byte[] bytes) {
        return decode(bytes, "head", EntryCodec::readHead);
    }

    /** A run's id, with its job. */
    public static byte[] encode(RunId id) {
        return bounded(RunCodec.write(id, NO_JOB), "run id");
    }

    public static RunId decodeRunId(byte[] bytes) {
        return decode(bytes, "run id", in -> RunCodec.readId(in, NO_JOB));
    }

    /** A run state's stable number. */
    public static int code(RunState state) {
        return RunCodec.STATE.code(state);
    }

    private static byte[] bounded(FieldWriter out, String what) {
        return bounded(out, RECORD_BYTES_MAX, what);
    }

    private static byte[] bounded(FieldWriter out, int limit, String what) {
        byte[] bytes = out.toBytes();
        if (bytes.length > limit) {
            throw new IllegalArgumentException(
                    "a " + what + " is too large to be stored; bytes=" + bytes.length + " limit=" + limit);
        }
        return bytes;
    }

    private static <T> T stored(byte[] bytes, Function<FieldReader, T> read) {
        return decode(bytes, "spec", in -> read.apply(in.packed()));
    }

    private static <T> T decode(byte[] bytes, String what, Function<FieldReader, T> read) {
        return decode(bytes, RECORD_BYTES_MAX, what, read);
    }

    private static <T> T decode(byte[] bytes, int limit, String what, Function<FieldReader, T> read) {
        if (bytes.length > limit) {
            throw FieldReader.damaged("a " + what + " is too large; bytes=" + bytes.length + " limit=" + limit);
        }
        try {
            return read.apply(new FieldReader(bytes));
        } catch (StoreException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new StoreException(
                    StoreException.Kind.DAMAGED, "a " + what + " does not hold together; cause=" + e.getMessage(), e);
        }
    }
}
