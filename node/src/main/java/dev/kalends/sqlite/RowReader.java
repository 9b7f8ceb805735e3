package dev.kalends.sqlite;

import dev.kalends.job.JobId;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** Reads the rows of many jobs with one statement: what a call of the driver costs is paid once. */
final class RowReader {
    private static final int[] SIZES = {1, 8, 64};
    private static final int MANY = SIZES[SIZES.length - 1];

    private final Session session;
    private final List<String> sqlBySize;

    /**
     * A kind of row.
     *
     * @param head up to the job ids
     * @param tail behind them
     */
    RowReader(Session session, String head, String tail) {
        this.session = session;
        this.sqlBySize = Arrays.stream(SIZES)
                .mapToObj(size -> head + "(" + String.join(", ", Collections.nCopies(size, "?")) + ")" + tail)
                .toList();
    }

    /** Reads the rows of jobs, in any order of the jobs. */
    void each(List<JobId> jobs, Consumer<Query.Row> sink) {
        for (int from = 0; from < jobs.size(); from += MANY) {
            some(jobs.subList(from, Math.min(from + MANY, jobs.size())), sink);
        }
    }

    private void some(List<JobId> jobs, Consumer<Query.Row> sink) {
        int kind = 0;
        while (SIZES[kind] < jobs.size()) {
            kind++;
        }
        Query query = session.on(sqlBySize.get(kind));
        for (int i = 0; i < SIZES[kind]; i++) {
            // Places that are left over repeat the last id, which changes nothing.
            query.with(jobs.get(Math.min(i, jobs.size() - 1)).value());
        }
        query.each(sink);
    }
}
