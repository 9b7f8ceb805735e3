package dev.kalends.relay;

import dev.kalends.job.JobId;
import dev.kalends.job.RunId;
import dev.kalends.journal.Buckets;
import dev.kalends.journal.Codec;
import dev.kalends.journal.EnumCode;
import dev.kalends.journal.FieldReader;
import dev.kalends.journal.FieldWriter;
import dev.kalends.relay.ReadQuestion.Table;
import java.util.Optional;

/**
 * The binary form of {@link ReadQuestion}: a number that says which it is, and what it needs of one set of fields;
 * {@code relay.proto} lists them. Reading throws {@link dev.kalends.api.ApiException} as {@link CommandCodec} does.
 * Stateless; called from any thread.
 */
public final class ReadCodec {
    /** Longest encoding of one question. */
    public static final int QUESTION_BYTES_MAX = 64 * 1024;

    private static final String READ = "read";
    private static final EnumCode<Table> TABLE = new EnumCode<>(
            Table.class, Table.POSITION, Table.HEAD, Table.TENANTS, Table.COUNTS, Table.PAUSES, Table.BACKFILLS);

    private static final int WHOLE = 1;
    private static final int ONE_JOB = 2;
    private static final int NAMED = 3;
    private static final int BY_ID_PREFIX = 4;
    private static final int JOBS = 5;
    private static final int JOBS_NAMED = 6;
    private static final int SPEC = 7;
    private static final int ONE_RUN = 8;
    private static final int OPEN_RUNS = 9;
    private static final int OPEN_RUNS_OF = 10;
    private static final int HISTORY_OF = 11;
    private static final int HISTORY = 12;
    private static final int HISTORY_AFTER = 13;
    private static final int DEAD = 14;
    private static final int LEDGER = 15;
    private static final int ONE_OFFS_DUE = 16;
    private static final int WAITING = 17;
    private static final int PLANS = 18;
    private static final int ANSWERS_BETWEEN = 19;
    private static final int LAST = ANSWERS_BETWEEN;

    private ReadCodec() {}

    /** The question's bytes. */
    public static byte[] encode(ReadQuestion question) {
        Fields fields = new Fields();
        switch (question) {
            case ReadQuestion.Whole ask -> fields.is(WHOLE).table(ask.table());
            case ReadQuestion.OneJob ask -> fields.is(ONE_JOB).job(ask.job());
            case ReadQuestion.Named ask -> fields.is(NAMED).tenant(ask.tenant()).text(ask.name());
            case ReadQuestion.ByIdPrefix ask ->
                fields.is(BY_ID_PREFIX).tenant(ask.tenant()).text(ask.prefix()).limit(ask.limit());
            case ReadQuestion.Jobs ask -> {
                fields.is(JOBS).limit(ask.limit());
                ask.after().ifPresent(fields::job);
            }
            case ReadQuestion.JobsNamed ask ->
                fields.is(JOBS_NAMED)
                        .tenant(ask.tenant())
                        .text(ask.prefix())
                        .after(ask.after())
                        .limit(ask.limit());
            case ReadQuestion.Spec ask -> fields.is(SPEC).job(ask.job()).limit(ask.generation());
            case ReadQuestion.OneRun ask -> fields.is(ONE_RUN).run(ask.run());
            case ReadQuestion.OpenRuns ask -> {
                fields.is(OPEN_RUNS).limit(ask.limit());
                ask.after().ifPresent(fields::run);
            }
            case ReadQuestion.OpenRunsOf ask -> fields.is(OPEN_RUNS_OF).job(ask.job());
            case ReadQuestion.HistoryOf ask ->
                fields.is(HISTORY_OF).job(ask.job()).from(ask.beforeSequence()).limit(ask.limit());
            case ReadQuestion.History ask ->
                fields.is(HISTORY).from(ask.beforeSequence()).limit(ask.limit());
            case ReadQuestion.HistoryAfter ask ->
                fields.is(HISTORY_AFTER).from(ask.afterSequence()).limit(ask.limit());
            case ReadQuestion.Dead ask -> {
                fields.is(DEAD).limit(ask.limit());
                ask.after().ifPresent(fields::run);
            }
            case ReadQuestion.Ledger ask ->
                fields.is(LEDGER).job(ask.job()).from(ask.fromMs()).limit(ask.limit());
            case ReadQuestion.OneOffsDue ask -> fields.is(ONE_OFFS_DUE).from(ask.throughMs());
            case ReadQuestion.Waiting ask -> {
                fields.is(WAITING).buckets(ask.buckets());
                ask.tenant().ifPresent(fields::tenant);
            }
            case ReadQuestion.AnswersBetween ask ->
                fields.is(ANSWERS_BETWEEN)
                        .text(ask.fromId())
                        .after(ask.beforeId())
                        .limit(ask.limit());
            case ReadQuestion.Plans ask -> {
                fields.is(PLANS).limit(ask.limit());
                ask.after().ifPresent(fields::job);
            }
        }
        return Message.bounded(fields.out, QUESTION_BYTES_MAX, READ);
    }

    /** The question of some bytes. */
    public static ReadQuestion decode(byte[] bytes) {
        return Message.read(bytes, QUESTION_BYTES_MAX, READ, in -> new Parts().read(in));
    }

    /** What a question may have, written in a row. */
    private static final class Fields {
        private final FieldWriter out = new FieldWriter();

        Fields is(int what) {
            out.number(1, what);
            return this;
        }

        Fields job(JobId job) {
            out.presentNumber(2, job.value());
            return this;
        }

        Fields run(RunId run) {
            out.message(3, Codec.encode(run));
            return this;
        }

        Fields tenant(String tenant) {
            out.presentText(4, tenant);
            return this;
        }

        Fields text(String text) {
            out.text(5, text);
            return this;
        }

        Fields after(String after) {
            out.text(6, after);
            return this;
        }

        Fields from(long from) {
            out.signed(7, from);
            return this;
        }

        Fields limit(int limit) {
            out.number(8, limit);
            return this;
        }

        void table(Table table) {
            TABLE.write(out, 9, table);
        }

        void buckets(Buckets buckets) {
            FieldWriter message = new FieldWriter();
            message.signed(1, buckets.fromMs());
            message.signed(2, buckets.originMs());
            message.number(3, buckets.stepMs());
            message.number(4, buckets.count());
            out.message(10, message);
        }
    }

    /** The fields that were read. */
    private static final class Parts {
        private int what;
        private Optional<JobId> job = Optional.empty();
        private Optional<RunId> run = Optional.empty();
        private Optional<String> tenant = Optional.empty();
        private String text = "";
        private String after = "";
        private long from;
        private int limit;
        private Table table = TABLE.first();
        private Optional<Buckets> buckets = Optional.empty();

        ReadQuestion read(FieldReader in) {
            while (in.next()) {
                switch (in.field()) {
                    case 1 -> what = in.small();
                    case 2 -> job = Optional.of(CommandCodec.job(in));
                    case 3 -> run = Optional.of(Message.run(in));
                    case 4 -> tenant = Optional.of(in.text());
                    case 5 -> text = in.text();
                    case 6 -> after = in.text();
                    case 7 -> from = in.signed();
                    case 8 -> limit = in.small();
                    case 9 -> table = TABLE.read(in);
                    case 10 -> buckets = Optional.of(readBuckets(in.message()));
                    default -> in.skip();
                }
            }
            if (what > LAST) {
                throw Message.unknown(READ, what);
            }
            return question();
        }

        private ReadQuestion question() {
            return switch (what) {
                case WHOLE -> new ReadQuestion.Whole(table);
                case ONE_JOB -> new ReadQuestion.OneJob(needed(job));
                case NAMED -> new ReadQuestion.Named(needed(tenant), text);
                case BY_ID_PREFIX -> new ReadQuestion.ByIdPrefix(needed(tenant), text, limit);
                case JOBS -> new ReadQuestion.Jobs(job, limit);
                case JOBS_NAMED -> new ReadQuestion.JobsNamed(needed(tenant), text, after, limit);
                case SPEC -> new ReadQuestion.Spec(needed(job), limit);
                case ONE_RUN -> new ReadQuestion.OneRun(needed(run));
                case OPEN_RUNS -> new ReadQuestion.OpenRuns(run, limit);
                case OPEN_RUNS_OF -> new ReadQuestion.OpenRunsOf(needed(job));
                case HISTORY_OF -> new ReadQuestion.HistoryOf(needed(job), from, limit);
                case HISTORY -> new ReadQuestion.History(from, limit);
                case HISTORY_AFTER -> new ReadQuestion.HistoryAfter(from, limit);
                case DEAD -> new ReadQuestion.Dead(run, limit);
                case LEDGER -> new ReadQuestion.Ledger(needed(job), from, limit);
                case ONE_OFFS_DUE -> new ReadQuestion.OneOffsDue(from);
                case WAITING -> new ReadQuestion.Waiting(needed(buckets), tenant);
                case ANSWERS_BETWEEN -> new ReadQuestion.AnswersBetween(text, after, limit);
                case PLANS -> new ReadQuestion.Plans(job, limit);
                default -> throw FieldReader.damaged("a read asks for nothing; what=" + what);
            };
        }

        private <T> T needed(Optional<T> part) {
            return part.orElseThrow(() -> FieldReader.damaged("a read lacks what it is about; what=" + what));
        }

        private static Buckets readBuckets(FieldReader in) {
            long fromMs = 0;
            long originMs = 0;
            long stepMs = 0;
            int count = 0;
            while (in.next()) {
                switch (in.field()) {
                    case 1 -> fromMs = in.signed();
                    case 2 -> originMs = in.signed();
                    case 3 -> stepMs = in.number();
                    case 4 -> count = in.small();
                    default -> in.skip();
                }
            }
            return new Buckets(fromMs, originMs, stepMs, count);
        }
    }
}
