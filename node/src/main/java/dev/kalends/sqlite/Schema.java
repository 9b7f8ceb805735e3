package dev.kalends.sqlite;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The tables of a partition's database.
 *
 * <p>{@code job} is the far tier: the rowid is the job id, so rows of one day lie together and a new one is appended
 * to its day's last page; {@code due} is a one-off's due instant as milliseconds into that day, NULL for other jobs.
 * {@code state} has a row only for jobs that are not plainly waiting. {@code agenda} and {@code wake} are what wakes
 * the partition; they can be made again from the rest. {@code hours} counts the rows of {@code job} by day and hour,
 * for forecasts; a day without a row there is looked through. {@code held} lists the jobs that a pause of a tenant, or
 * of everything (an empty name), holds back. {@code submit_key} has the keys that do not lie beside a spec in
 * {@code job}, see {@link KeyTables}; before version 4 that was all of them. {@code names} is kept by
 * {@link NameTable}; before version 5 each name had a row, in table {@code name}.
 */
final class Schema {
    /** "kale": marks a file as ours. */
    static final int APPLICATION_ID = 0x6b616c65;

    static final int VERSION = 5;
    /** The version that brought {@code names}. */
    static final int NAMES_SINCE = 5;

    /** Table definitions by name. */
    static final Map<String, String> TABLES = Map.ofEntries(
            Map.entry(
                    "partition",
                    "(one INTEGER PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL, position INTEGER NOT NULL,"
                            + " head BLOB NOT NULL, cascaded INTEGER NOT NULL, next_history INTEGER NOT NULL)"),
            Map.entry("job", "(id INTEGER PRIMARY KEY, due INTEGER, spec BLOB NOT NULL)"),
            Map.entry(
                    "edit",
                    "(job INTEGER NOT NULL, generation INTEGER NOT NULL, due INTEGER, spec BLOB NOT NULL,"
                            + " PRIMARY KEY (job, generation)) WITHOUT ROWID"),
            Map.entry("template", "(number INTEGER PRIMARY KEY, template BLOB NOT NULL)"),
            Map.entry("state", "(job INTEGER PRIMARY KEY, state BLOB NOT NULL)"),
            Map.entry("slot", "(day INTEGER PRIMARY KEY, next INTEGER NOT NULL)"),
            Map.entry("hours", "(day INTEGER PRIMARY KEY, last INTEGER NOT NULL, counts BLOB NOT NULL)"),
            Map.entry(
                    "names",
                    "(tenant INTEGER NOT NULL, bound BLOB NOT NULL, entries BLOB NOT NULL,"
                            + " PRIMARY KEY (tenant, bound)) WITHOUT ROWID"),
            Map.entry(
                    "submit_key",
                    "(tenant INTEGER NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL, job INTEGER NOT NULL,"
                            + " hash INTEGER NOT NULL, expires INTEGER NOT NULL,"
                            + " PRIMARY KEY (tenant, key, name)) WITHOUT ROWID"),
            Map.entry("request", "(id TEXT NOT NULL UNIQUE, expires INTEGER NOT NULL, answer BLOB NOT NULL)"),
            Map.entry("tenant", "(number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, limits BLOB, counts BLOB)"),
            Map.entry(
                    "run",
                    "(job INTEGER NOT NULL, nominal INTEGER NOT NULL, mark INTEGER NOT NULL, run BLOB NOT NULL,"
                            + " PRIMARY KEY (job, nominal, mark)) WITHOUT ROWID"),
            Map.entry(
                    "dead",
                    "(job INTEGER NOT NULL, nominal INTEGER NOT NULL, mark INTEGER NOT NULL, died INTEGER NOT NULL,"
                            + " letter BLOB NOT NULL, PRIMARY KEY (job, nominal, mark)) WITHOUT ROWID"),
            Map.entry(
                    "ledger",
                    "(job INTEGER NOT NULL, begins INTEGER NOT NULL, line BLOB NOT NULL,"
                            + " PRIMARY KEY (job, begins)) WITHOUT ROWID"),
            Map.entry(
                    "history",
                    "(sequence INTEGER PRIMARY KEY, job INTEGER NOT NULL, nominal INTEGER, ended INTEGER NOT NULL,"
                            + " verdict INTEGER NOT NULL, run BLOB NOT NULL)"),
            Map.entry("forgotten", "(job INTEGER PRIMARY KEY)"),
            Map.entry("pause", "(tenant TEXT PRIMARY KEY, pause BLOB NOT NULL) WITHOUT ROWID"),
            Map.entry("held", "(job INTEGER PRIMARY KEY, tenant TEXT NOT NULL)"),
            Map.entry(
                    "backfill",
                    "(job INTEGER NOT NULL, number INTEGER NOT NULL, backfill BLOB NOT NULL,"
                            + " PRIMARY KEY (job, number)) WITHOUT ROWID"),
            Map.entry(
                    "agenda",
                    "(minute INTEGER NOT NULL, job INTEGER NOT NULL, ms INTEGER NOT NULL,"
                            + " PRIMARY KEY (minute, job)) WITHOUT ROWID"),
            Map.entry(
                    "wake",
                    "(minute INTEGER NOT NULL, job INTEGER NOT NULL, nominal INTEGER NOT NULL, mark INTEGER NOT NULL,"
                            + " ms INTEGER NOT NULL, PRIMARY KEY (minute, job, nominal, mark)) WITHOUT ROWID"));

    /** Index definitions by name. */
    static final Map<String, String> INDEXES = Map.of(
            "submit_key_expires", "ON submit_key (expires) WHERE expires > 0",
            "request_expires", "ON request (expires)",
            "dead_died", "ON dead (died)",
            "held_tenant", "ON held (tenant, job)",
            "history_job", "ON history (job)",
            "history_run", "ON history (job, nominal) WHERE nominal IS NOT NULL");

    /** The large tables with the column that orders them. */
    static final Map<String, String> KEYS =
            Map.of("job", "id", "state", "job", "history", "sequence", "run", "job", "agenda", "minute");

    /** What each version added to the one before it, from the second on. */
    private static final Map<Integer, List<String>> ADDED_BY_VERSION = Map.of(
            2, List.of("backfill", "held", "pause", "held_tenant"), 3, List.of("hours"), NAMES_SINCE, List.of("names"));

    private Schema() {}

    /** The statements that make a database of an older version one of this version. */
    static List<String> upgrade(long fromVersion) {
        Map<String, String> all = expected();
        return ADDED_BY_VERSION.entrySet().stream()
                .filter(added -> added.getKey() > fromVersion)
                .sorted(Map.Entry.comparingByKey())
                .flatMap(added -> added.getValue().stream())
                .map(name -> all.getOrDefault(name, ""))
                .toList();
    }

    /** The statements that make all of it, in a fixed order. */
    static List<String> statements() {
        return expected().values().stream().sorted(Schema::tablesFirst).collect(Collectors.toList());
    }

    /** The definitions as SQLite keeps them, by name. */
    static Map<String, String> expected() {
        Map<String, String> all = new TreeMap<>();
        TABLES.forEach((name, body) -> all.put(name, "CREATE TABLE " + name + " " + body));
        INDEXES.forEach((name, body) -> all.put(name, "CREATE INDEX " + name + " " + body));
        return all;
    }

    private static int tablesFirst(String left, String right) {
        int byKind = Boolean.compare(left.startsWith("CREATE INDEX"), right.startsWith("CREATE INDEX"));
        return byKind != 0 ? byKind : left.compareTo(right);
    }
}
