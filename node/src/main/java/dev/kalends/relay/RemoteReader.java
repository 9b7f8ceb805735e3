package dev.kalends.relay;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.job.Backfill;
import dev.kalends.job.DeadLetter;
import dev.kalends.job.JobId;
import dev.kalends.job.JobSpec;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.PauseOrder;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.job.Tenant;
import dev.kalends.journal.Buckets;
import dev.kalends.journal.Change;
import dev.kalends.journal.Codec;
import dev.kalends.journal.Counts;
import dev.kalends.journal.Dump;
import dev.kalends.journal.Head;
import dev.kalends.journal.RequestAnswer;
import dev.kalends.journal.StoreException;
import dev.kalends.journal.StoreReader;
import dev.kalends.relay.ReadQuestion.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * Reads a partition that this node does not hold, from a node that does.
 *
 * <p>Predicates are not sent: rows come in bounded pages, and those that are not wanted are dropped here. One call may
 * therefore be several questions, each answered from a snapshot of its own; what is read by pages is so anyhow. Every
 * method but {@link #dump} also throws {@link ApiException}, {@code unavailable}, when nobody answers.
 */
public final class RemoteReader implements StoreReader {
    private static final int JOBS_A_PAGE = 200;
    private static final int RUNS_A_PAGE = 500;
    private static final int PLANS_A_PAGE = 1_000;
    private static final int CUT = 4;

    private final Line line;

    /** The way to a node that holds the partition. */
    public interface Line {
        /** Asks; throws {@link ApiException}, {@code too_large} when fewer rows have to be asked for. */
        ReadAnswer ask(ReadQuestion question);

        /** Takes a dump; returns the position of its snapshot. */
        long dump(Dump dump, Consumer<Change> sink);
    }

    public RemoteReader(Line line) {
        this.line = line;
    }

    /** A page, and how many rows it could have had. */
    private record Page<T>(List<T> rows, long next, int limit) {
        boolean isLast() {
            return rows.size() < limit;
        }
    }

    /** Asks for a page of at most so many rows; for fewer when they are too large for one answer. */
    private <T> Page<T> page(int limit, IntFunction<ReadQuestion> question, Function<byte[], T> decode) {
        int rows = limit;
        while (true) {
            try {
                ReadAnswer answer = line.ask(question.apply(rows));
                return new Page<>(decoded(answer, decode), answer.next(), rows);
            } catch (ApiException e) {
                if (e.code() != ErrorCode.TOO_LARGE || rows == 1) {
                    throw e;
                }
                rows = Math.max(1, rows / CUT);
            }
        }
    }

    private static <T> List<T> decoded(ReadAnswer answer, Function<byte[], T> decode) {
        try {
            return answer.rows().stream().map(decode).toList();
        } catch (StoreException e) {
            throw Message.garbled("row", String.valueOf(e.getMessage()));
        }
    }

    private <T> List<T> rows(ReadQuestion question, Function<byte[], T> decode) {
        return decoded(line.ask(question), decode);
    }

    private <T> Optional<T> row(ReadQuestion question, Function<byte[], T> decode) {
        return rows(question, decode).stream().findFirst();
    }

    private static Run run(byte[] bytes) {
        return Codec.decodeRun(bytes, RowCodec.NO_JOB);
    }

    private static DeadLetter letter(byte[] bytes) {
        return Codec.decodeDead(bytes, RowCodec.NO_JOB);
    }

    private static LedgerLine ledgerLine(byte[] bytes) {
        return Codec.decodeLedger(bytes, RowCodec.NO_JOB);
    }

    private static Optional<JobId> job(long next) {
        return next == ReadAnswer.END ? Optional.empty() : Optional.of(new JobId(next));
    }

    @Override
    public long position() {
        return line.ask(new ReadQuestion.Whole(Table.POSITION)).position();
    }

    @Override
    public Optional<JobRow> job(JobId id) {
        return row(new ReadQuestion.OneJob(id), RowCodec::decodeJob);
    }

    @Override
    public Optional<JobId> named(String tenant, String name) {
        return line.ask(new ReadQuestion.Named(tenant, name)).numbers().stream()
                .map(JobId::new)
                .findFirst();
    }

    @Override
    public List<JobId> byIdPrefix(String tenant, String prefix, int limit) {
        return line.ask(new ReadQuestion.ByIdPrefix(tenant, prefix, limit)).numbers().stream()
                .map(JobId::new)
                .toList();
    }

    @Override
    public JobPage jobs(Optional<JobId> after, Predicate<JobRow> wanted, int limit, int scan) {
        List<JobRow> rows = new ArrayList<>();
        Optional<JobId> from = after;
        int left = scan;
        while (left > 0 && rows.size() < limit) {
            Optional<JobId> at = from;
            Page<JobRow> page =
                    page(Math.min(JOBS_A_PAGE, left), count -> new ReadQuestion.Jobs(at, count), RowCodec::decodeJob);
            for (int i = 0; i < page.rows().size(); i++) {
                JobRow row = page.rows().get(i);
                if (wanted.test(row)) {
                    rows.add(row);
                }
                boolean rest = i + 1 < page.rows().size();
                if (rows.size() == limit && rest) {
                    return new JobPage(rows, Optional.of(row.spec().id()));
                }
            }
            left -= page.rows().size();
            from = job(page.next());
            if (from.isEmpty()) {
                return new JobPage(rows, Optional.empty());
            }
        }
        return new JobPage(rows, from);
    }

    @Override
    public List<JobRow> jobsNamed(String tenant, String prefix, String after, int limit) {
        List<JobRow> rows = new ArrayList<>();
        String from = after;
        while (rows.size() < limit) {
            String at = from;
            Page<JobRow> page = page(
                    Math.min(JOBS_A_PAGE, limit - rows.size()),
                    count -> new ReadQuestion.JobsNamed(tenant, prefix, at, count),
                    RowCodec::decodeJob);
            rows.addAll(page.rows());
            if (page.isLast()) {
                break;
            }
            from = page.rows().getLast().spec().name().name().orElse("");
        }
        return rows;
    }

    @Override
    public Optional<JobSpec> spec(JobId id, int generation) {
        return row(new ReadQuestion.Spec(id, generation), Codec::decodeSpec);
    }

    @Override
    public Optional<Run> run(RunId id) {
        return row(new ReadQuestion.OneRun(id), RemoteReader::run);
    }

    @Override
    public List<Run> openRuns(Optional<RunId> after, Predicate<Run> wanted, int limit) {
        List<Run> runs = new ArrayList<>();
        Optional<RunId> from = after;
        while (runs.size() < limit) {
            Optional<RunId> at = from;
            Page<Run> page = page(RUNS_A_PAGE, count -> new ReadQuestion.OpenRuns(at, count), RemoteReader::run);
            page.rows().stream().filter(wanted).limit(limit - runs.size()).forEach(runs::add);
            if (page.isLast()) {
                break;
            }
            from = Optional.of(page.rows().getLast().id());
        }
        return runs;
    }

    @Override
    public List<Run> openRuns(JobId job) {
        return rows(new ReadQuestion.OpenRunsOf(job), RemoteReader::run);
    }

    @Override
    public List<Run> history(JobId job, long beforeSequence, int limit) {
        return rows(new ReadQuestion.HistoryOf(job, beforeSequence, limit), RemoteReader::run);
    }

    @Override
    public HistoryPage history(long beforeSequence, Predicate<Run> wanted, int limit, int scan) {
        List<Run> runs = new ArrayList<>();
        long from = beforeSequence;
        int left = scan;
        int count = limit;
        while (left > 0 && runs.size() < limit && from != ReadAnswer.END) {
            int room = limit - runs.size();
            long at = from;
            Page<Run> page = page(
                    Math.min(Math.min(RUNS_A_PAGE, left), Math.max(room, count)),
                    rows -> new ReadQuestion.History(at, rows),
                    RemoteReader::run);
            List<Run> found = page.rows().stream().filter(wanted).toList();
            if (found.size() > room) {
                // Where to go on is only known of a page's end: it has to end with the last one that there is room for.
                count = room;
                continue;
            }
            runs.addAll(found);
            count = found.size() < room / CUT + 1 ? Math.min(RUNS_A_PAGE, page.limit() * CUT) : room;
            left -= page.rows().size();
            from = page.next();
        }
        return new HistoryPage(runs, from);
    }

    @Override
    public List<DeadLetter> dead(Optional<RunId> after, Predicate<DeadLetter> wanted, int limit) {
        List<DeadLetter> letters = new ArrayList<>();
        Optional<RunId> from = after;
        while (letters.size() < limit) {
            Optional<RunId> at = from;
            Page<DeadLetter> page = page(RUNS_A_PAGE, count -> new ReadQuestion.Dead(at, count), RemoteReader::letter);
            page.rows().stream().filter(wanted).limit(limit - letters.size()).forEach(letters::add);
            if (page.isLast()) {
                break;
            }
            from = Optional.of(page.rows().getLast().run().id());
        }
        return letters;
    }

    @Override
    public List<LedgerLine> ledger(JobId job, long fromMs, int limit) {
        List<LedgerLine> lines = new ArrayList<>();
        long from = fromMs;
        while (lines.size() < limit) {
            long at = from;
            Page<LedgerLine> page = page(
                    Math.min(Reading.ROWS_MAX, limit - lines.size()),
                    count -> new ReadQuestion.Ledger(job, at, count),
                    RemoteReader::ledgerLine);
            lines.addAll(page.rows());
            if (page.isLast()) {
                break;
            }
            from = page.rows().getLast().toMs() + 1;
        }
        return lines;
    }

    @Override
    public List<Tenant> tenants() {
        return rows(new ReadQuestion.Whole(Table.TENANTS), Codec::decodeTenant);
    }

    @Override
    public List<Counts> counts() {
        return rows(new ReadQuestion.Whole(Table.COUNTS), Codec::decodeCounts);
    }

    @Override
    public List<RequestAnswer> answers(String fromId, String beforeId, int limit) {
        List<RequestAnswer> answers = new ArrayList<>();
        String from = fromId;
        while (answers.size() < limit) {
            String at = from;
            Page<RequestAnswer> page = page(
                    Math.min(RUNS_A_PAGE, limit - answers.size()),
                    count -> new ReadQuestion.AnswersBetween(at, beforeId, count),
                    Codec::decodeRequest);
            answers.addAll(page.rows());
            if (page.isLast()) {
                break;
            }
            // The text that follows next on it.
            from = page.rows().getLast().requestId() + "\u0000";
        }
        return answers;
    }

    @Override
    public List<PauseOrder> pauses() {
        return rows(new ReadQuestion.Whole(Table.PAUSES), Codec::decodePause);
    }

    @Override
    public List<Backfill> backfills() {
        return rows(new ReadQuestion.Whole(Table.BACKFILLS), bytes -> Codec.decodeBackfill(bytes, RowCodec.NO_JOB));
    }

    @Override
    public Head head() {
        return row(new ReadQuestion.Whole(Table.HEAD), Codec::decodeHead)
                .orElseThrow(() -> Message.garbled("head", "there is none; rows=0"));
    }

    @Override
    public long oneOffsDue(long throughMs) {
        return line.ask(new ReadQuestion.OneOffsDue(throughMs)).numbers().stream()
                .findFirst()
                .orElseThrow(() -> Message.garbled("count", "there is none; numbers=0"));
    }

    @Override
    public Waiting waiting(Buckets buckets, Optional<String> tenant) {
        ReadAnswer answer = line.ask(new ReadQuestion.Waiting(buckets, tenant));
        long[] waiting = answer.numbers().stream().mapToLong(Long::longValue).toArray();
        if (waiting.length != buckets.count()) {
            throw Message.garbled("count", "it is of other buckets; numbers=" + waiting.length);
        }
        return new Waiting(waiting, answer.next() - ReadAnswer.END);
    }

    @Override
    public PlanPage plans(Optional<JobId> after, int scan) {
        Page<Planned> page = page(
                Math.min(PLANS_A_PAGE, scan), count -> new ReadQuestion.Plans(after, count), RowCodec::decodePlanned);
        return new PlanPage(page.rows(), job(page.next()));
    }

    @Override
    public long dump(Dump dump, Consumer<Change> sink) {
        return line.dump(dump, sink);
    }

    @Override
    public HistoryPage historyAfter(long afterSequence, int limit) {
        Page<Run> page = page(
                Math.min(RUNS_A_PAGE, limit),
                count -> new ReadQuestion.HistoryAfter(afterSequence, count),
                RemoteReader::run);
        return new HistoryPage(page.rows(), page.next());
    }
}
