package dev.kalends.sqlite;

import dev.kalends.job.JobId;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads the rows of many jobs with one statement: what a call of the driver costs is paid once. Jobs whose ids follow
 * each other, as those of one bulk submit do, are read as one range: that needs one search instead of one a job.
 */
final class RowReader {
    private static final int[] SIZES = {1, 8, 64};
    private static final int MANY = SIZES[SIZES.length - 1];

    private final Session session;
    private final List<String> sqlBySize;
    private final String sqlOfRange;

    /**
     * A kind of row.
     *
     * @param head up to and with the column of the job's id
     * @param tail behind the condition
     */
    RowReader(Session session, String head, String tail) {
        this.session = session;
        this.sqlBySize = Arrays.stream(SIZES)
                .mapToObj(size -> head + " IN (" + String.join(", ", Collections.nCopies(size, "?")) + ")" + tail)
                .toList();
        this.sqlOfRange = head + " BETWEEN ? AND ?" + tail;
    }

    /** Reads the rows of jobs, which are given in order and each once. */
    void each(List<JobId> jobs, Consumer<Query.Row> sink) {
        for (int from = 0; from < jobs.size(); from += MANY) {
            some(jobs.subList(from, Math.min(from + MANY, jobs.size())), sink);
        }
    }

    private void some(List<JobId> jobs, Consumer<Query.Row> sink) {
        long first = jobs.getFirst().value();
        long last = jobs.getLast().value();
        if (last - first == jobs.size() - 1) {
            session.on(sqlOfRange).with(first).with(last).each(sink);
            return;
        }
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
