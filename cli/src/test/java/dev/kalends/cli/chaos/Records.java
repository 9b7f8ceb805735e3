package dev.kalends.cli.chaos;

import dev.kalends.api.ApiException;
import dev.kalends.api.AttemptView;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.RunPage;
import dev.kalends.api.RunView;
import dev.kalends.cli.history.RunRecord;
import dev.kalends.client.NodeClient;
import dev.kalends.client.RunQuery;
import dev.kalends.job.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what nodes have on record of the runs of a load. */
final class Records {
    private static final int PAGE = 1000;
    /** Runs of several attempts are asked for one by one. */
    private static final int LOOKED_INTO_MAX = 5_000;

    private static final int TRIES_MAX = 6;

    private Records() {}

    /** All runs of the jobs whose names begin so; with the attempts of those that had more than one. */
    static List<RunRecord> read(NodeClient client, String prefix, Map<String, String> jobNameById) {
        List<RunRecord> records = new ArrayList<>();
        int lookedInto = 0;
        Optional<String> after = Optional.empty();
        do {
            RunPage page = page(
                    client,
                    new RunQuery(
                            Optional.of(prefix + "-*"),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            PAGE,
                            after));
            for (RunView run : page.items()) {
                List<String> ends = List.of();
                if (run.attempt() > 1 && lookedInto++ < LOOKED_INTO_MAX) {
                    List<AttemptView> attempts = client.run(run.id()).attempts();
                    ends = attempts == null
                            ? List.of()
                            : attempts.stream().map(AttemptView::end).toList();
                }
                records.add(record(run, ends, jobNameById));
            }
            after = Optional.ofNullable(page.next());
        } while (after.isPresent());
        return records;
    }

    /** A machine that does something else beside may be too busy to answer at once. */
    private static RunPage page(NodeClient client, RunQuery query) {
        for (int tries = 1; ; tries++) {
            try {
                return client.runs(query);
            } catch (ApiException e) {
                if (e.code() != ErrorCode.UNREACHABLE || tries == TRIES_MAX) {
                    throw e;
                }
            }
        }
    }

    private static RunRecord record(RunView run, List<String> ends, Map<String, String> jobNameById) {
        String name = run.jobName();
        if (name == null) {
            name = jobNameById.getOrDefault(run.jobId(), run.jobId());
        }
        return new RunRecord(
                name,
                run.id(),
                ms(run.nominalAt()),
                run.state(),
                run.attempt(),
                ms(run.firedAt()),
                ms(run.startedAt()),
                ends);
    }

    private static long ms(@Nullable String instant) {
        return instant == null ? 0 : Instant.parse(instant).toEpochMilli();
    }

    /** The partition that a run belongs to. */
    static int partition(RunRecord run) {
        return RunId.parse(run.run())
                .orElseThrow(() -> new CellFailure("not the id of a run; run=" + run.run()))
                .job()
                .partition();
    }
}
