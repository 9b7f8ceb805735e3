package dev.kalends.sqlite;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * One statement for many rows of a kind: what a call of the driver costs is then paid once for {@value #MANY} rows.
 * Owned by the partition's thread.
 *
 * @param <T> what a row is made from
 */
final class RowWriter<T> {
    private static final int MANY = 64;
    private static final int[] SIZES = {MANY, 8, 1};

    private final Session session;
    private final List<String> sqlBySize;
    private final BiConsumer<Query, T> bind;

    /**
     * A kind of row.
     *
     * @param head up to the first row
     * @param row one row's parameters in parentheses
     * @param tail behind the last row
     * @param bind gives one row's parameters
     */
    RowWriter(Session session, String head, String row, String tail, BiConsumer<Query, T> bind) {
        this.session = session;
        this.sqlBySize = Arrays.stream(SIZES)
                .mapToObj(size -> head + String.join(", ", Collections.nCopies(size, row)) + tail)
                .toList();
        this.bind = bind;
    }

    /** Writes rows in their order. */
    void write(List<? extends T> rows) {
        int at = 0;
        for (int i = 0; i < SIZES.length; i++) {
            while (rows.size() - at >= SIZES[i]) {
                Query query = session.on(sqlBySize.get(i));
                for (T row : rows.subList(at, at + SIZES[i])) {
                    bind.accept(query, row);
                }
                query.run();
                at += SIZES[i];
            }
        }
    }
}
