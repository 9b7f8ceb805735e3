package dev.kalends.relay;

import dev.kalends.job.JobId;
import dev.kalends.job.Run;
import dev.kalends.journal.Codec;
import dev.kalends.journal.StoreReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Answers one {@link ReadQuestion} from a replica that is held here; one a question. */
public final class Reading {
    /** Rows that one question may ask for: more are as many. */
    static final int ROWS_MAX = 10_000;

    private final StoreReader reader;
    private final long position;
    private final List<byte[]> rows = new ArrayList<>();
    private final List<Long> numbers = new ArrayList<>();
    private long next = ReadAnswer.END;

    private Reading(StoreReader reader) {
        this.reader = reader;
        this.position = reader.position();
    }

    /**
     * Reads.
     *
     * @param asOfMs the instant of which the reader shows everything
     */
    public static ReadAnswer answer(ReadQuestion question, StoreReader reader, long asOfMs) {
        Reading reading = new Reading(reader);
        reading.read(question);
        return new ReadAnswer(reading.position, asOfMs, reading.rows, reading.numbers, reading.next);
    }

    private void read(ReadQuestion question) {
        switch (question) {
            case ReadQuestion.Whole ask -> whole(ask.table());
            case ReadQuestion.OneJob ask -> add(reader.job(ask.job()).stream().toList(), RowCodec::encode);
            case ReadQuestion.Named ask ->
                ids(reader.named(ask.tenant(), ask.name()).stream().toList());
            case ReadQuestion.ByIdPrefix ask ->
                ids(reader.byIdPrefix(ask.tenant(), ask.prefix(), bounded(ask.limit())));
            case ReadQuestion.Jobs ask -> {
                StoreReader.JobPage page =
                        reader.jobs(ask.after(), _ -> true, bounded(ask.limit()), bounded(ask.limit()));
                add(page.rows(), RowCodec::encode);
                next = page.next().map(JobId::value).orElse(ReadAnswer.END);
            }
            case ReadQuestion.JobsNamed ask ->
                add(reader.jobsNamed(ask.tenant(), ask.prefix(), ask.after(), bounded(ask.limit())), RowCodec::encode);
            case ReadQuestion.Spec ask ->
                add(reader.spec(ask.job(), ask.generation()).stream().toList(), Codec::encode);
            case ReadQuestion.OneRun ask -> runs(reader.run(ask.run()).stream().toList());
            case ReadQuestion.OpenRuns ask -> runs(reader.openRuns(ask.after(), _ -> true, bounded(ask.limit())));
            case ReadQuestion.OpenRunsOf ask -> runs(reader.openRuns(ask.job()));
            case ReadQuestion.HistoryOf ask ->
                runs(reader.history(ask.job(), ask.beforeSequence(), bounded(ask.limit())));
            case ReadQuestion.History ask ->
                page(reader.history(ask.beforeSequence(), _ -> true, bounded(ask.limit()), bounded(ask.limit())));
            case ReadQuestion.AnswersBetween ask ->
                add(reader.answers(ask.fromId(), ask.beforeId(), bounded(ask.limit())), Codec::encode);
            case ReadQuestion.HistoryAfter ask -> page(reader.historyAfter(ask.afterSequence(), bounded(ask.limit())));
            case ReadQuestion.Dead ask ->
                add(
                        reader.dead(ask.after(), _ -> true, bounded(ask.limit())),
                        letter -> Codec.encode(letter, RowCodec.NO_JOB));
            case ReadQuestion.Ledger ask ->
                add(
                        reader.ledger(ask.job(), ask.fromMs(), bounded(ask.limit())),
                        line -> Codec.encode(line, RowCodec.NO_JOB));
            case ReadQuestion.OneOffsDue ask -> numbers.add(reader.oneOffsDue(ask.throughMs()));
            case ReadQuestion.Waiting ask -> {
                StoreReader.Waiting waiting = reader.waiting(ask.buckets(), ask.tenant());
                Arrays.stream(waiting.counts()).forEach(numbers::add);
                next = ReadAnswer.END + waiting.estimated();
            }
            case ReadQuestion.Plans ask -> {
                StoreReader.PlanPage page = reader.plans(ask.after(), bounded(ask.limit()));
                add(page.rows(), RowCodec::encode);
                next = page.next().map(JobId::value).orElse(ReadAnswer.END);
            }
        }
    }

    private void whole(ReadQuestion.Table table) {
        switch (table) {
            case POSITION -> {}
            case HEAD -> add(List.of(reader.head()), Codec::encode);
            case TENANTS -> add(reader.tenants(), Codec::encode);
            case COUNTS -> add(reader.counts(), Codec::encode);
            case PAUSES -> add(reader.pauses(), Codec::encode);
            case BACKFILLS -> add(reader.backfills(), backfill -> Codec.encode(backfill, RowCodec.NO_JOB));
        }
    }

    private void page(StoreReader.HistoryPage page) {
        runs(page.runs());
        next = page.next();
    }

    private void runs(List<Run> runs) {
        add(runs, run -> Codec.encode(run, RowCodec.NO_JOB));
    }

    private void ids(List<JobId> ids) {
        ids.forEach(id -> numbers.add(id.value()));
    }

    private <T> void add(List<T> found, Function<T, byte[]> encode) {
        found.forEach(row -> rows.add(encode.apply(row)));
    }

    private static int bounded(int limit) {
        return Math.clamp(limit, 0, ROWS_MAX);
    }
}
