package dev.kalends.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Runs the same workloads on Kalends and its peers, one after the other, again and again, and prints one table.
 * scripts/bench-peers starts it once everything is there.
 */
final class Comparison {
    private static final int USAGE = 2;
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");

    private final Options options;
    private final Programs programs;
    private final Children children;
    private final Map<Contestant, Results> results = new EnumMap<>(Contestant.class);
    private final Set<String> servers = new TreeSet<>();

    private Comparison(Options options, Programs programs, Children children) {
        this.options = options;
        this.programs = programs;
        this.children = children;
    }

    /** Arguments: the top of the checkout, the program of Node.js, and the options. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> words = List.of(arguments);
        Path top = Path.of(words.get(0));
        try {
            Options options = Options.parse(top, words.subList(2, words.size()));
            Comparison comparison =
                    new Comparison(options, new Programs(top, words.get(1)), new Children(options.work()));
            System.exit(comparison.run() ? 0 : 1);
        } catch (Options.Wrong e) {
            System.err.println("error: usage: " + e.getMessage());
            System.err.println("  see scripts/bench-peers --help");
            System.exit(USAGE);
        }
    }

    private boolean run() throws IOException, InterruptedException {
        options.only().forEach(contestant -> results.put(contestant, new Results()));
        for (int repetition = 1; repetition <= options.repeat(); repetition++) {
            for (Contestant contestant : options.only()) {
                measure(contestant, repetition);
                if (children.ended()) {
                    return false; // by Ctrl-C: half of the figures are no table
                }
            }
        }
        List<String> notes = notes();
        if (options.json()) {
            System.out.println(JsonPage.of(options, results, notes));
        } else {
            Table.lines(options, results).forEach(System.out::println);
            System.out.println();
            notes.forEach(System.out::println);
        }
        return results.values().stream().allMatch(found -> found.faults().isEmpty());
    }

    private void measure(Contestant contestant, int repetition) throws InterruptedException {
        Results into = results.get(contestant);
        Workload at = null;
        try (Measuring measuring = contestant.keeper() == Contestant.Keeper.OWN
                ? new KalendsMeasuring(options, programs, children)
                : new PeerMeasuring(contestant, options, programs, children)) {
            servers.add(measuring.server());
            for (Workload workload : options.workloads()) {
                if (children.ended()) {
                    return;
                }
                at = workload;
                tell("repetition " + repetition + " of " + options.repeat() + ": " + contestant.title() + ": "
                        + Options.name(workload));
                measureOne(measuring, workload, into);
            }
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            into.fault((at == null ? "start" : Options.name(at)) + ": " + e.getMessage());
        }
        if (children.ended()) {
            return;
        }
        into.remarks().forEach(remark -> tell(contestant.title() + ": " + remark));
        into.faults().forEach(fault -> tell(contestant.title() + ": " + fault));
    }

    /** What goes wrong with one workload leaves the others. */
    private static void measureOne(Measuring measuring, Workload workload, Results into) throws InterruptedException {
        try {
            measuring.measure(workload, into);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            into.fault(Options.name(workload) + ": " + e.getMessage());
        }
    }

    private static void tell(String what) {
        System.err.println("bench-peers: " + what);
    }

    /** What has to be known to read the table: what is not equal, and how everything was set. */
    private List<String> notes() throws IOException {
        List<String> notes = new ArrayList<>();
        String disk = Files.getFileStore(children.root()).type();
        notes.add("machine: " + Runtime.getRuntime().availableProcessors() + " processors, "
                + System.getProperty("os.name") + " " + System.getProperty("os.version") + "; data on " + disk
                + (IN_MEMORY.contains(disk) ? " (IN MEMORY: syncing costs nothing, the figures are worthless)" : "")
                + "; medians of " + options.repeat() + "; everything shares the processors; jobs do nothing");
        servers.stream().filter(server -> !server.isEmpty()).forEach(notes::add);
        if (any(Contestant.Keeper.POSTGRES)) {
            notes.add("PostgreSQL: "
                    + Postgres.SETTINGS.entrySet().stream()
                            .map(setting -> setting.getKey() + "=" + setting.getValue())
                            .collect(Collectors.joining(", ")));
        }
        if (any(Contestant.Keeper.REDIS_ALWAYS) || any(Contestant.Keeper.REDIS_EVERYSEC)) {
            notes.add("Redis: appendonly yes, no snapshots, maxmemory-policy noeviction");
        }
        results.forEach((contestant, found) -> {
            notes.add(contestant.title() + ": " + contestant.settings());
            found.remarks().forEach(remark -> notes.add("  " + remark));
            found.faults().forEach(fault -> notes.add("FAULT " + contestant.title() + ": " + fault));
        });
        notes.addAll(Arrays.asList(
                "one submit: one client, the next when the one before was answered, four times as many before that do"
                        + " not count; due within a year. bulk: " + options.waiting()
                        + " jobs by one client, as many before that do not count.",
                "herd: due in one millisecond, submitted before, until the last one started; three herds of up to 20000"
                        + " go before. skew: start less due, by the wall clock, within the job; less than 0 is early.",
                "a waiting job: bytes on disk, logs of changes apart, after a checkpoint (PostgreSQL: pg_database_size;"
                        + " Redis: its file rewritten).",
                "after kill -9: from the start of the process until the first job starts, 10000 others waiting. Peers:"
                        + " the worker's process is killed and its server goes on. Kalends: all of it is killed."));
        return notes;
    }

    private boolean any(Contestant.Keeper keeper) {
        return options.only().stream().anyMatch(contestant -> contestant.keeper() == keeper);
    }
}
