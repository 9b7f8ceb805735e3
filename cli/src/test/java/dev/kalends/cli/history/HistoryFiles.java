package dev.kalends.cli.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A history in three files of tab-separated lines, so that it can be judged again and looked into by hand. */
public final class HistoryFiles {
    private static final String TARGETS = "targets.tsv";
    private static final String EXECUTIONS = "executions.tsv";
    private static final String RECORDS = "records.tsv";

    private HistoryFiles() {}

    public static void write(Path directory, History history) throws IOException {
        Files.createDirectories(directory);
        write(
                directory.resolve(TARGETS),
                history.targets(),
                t -> line(t.job(), t.nominalMs(), t.deadlineMs(), t.need(), t.witnessed()));
        write(
                directory.resolve(EXECUTIONS),
                history.executions(),
                e -> line(e.job(), e.run(), e.attempt(), e.token(), e.nominalMs(), e.startMs(), e.endMs()));
        write(
                directory.resolve(RECORDS),
                history.records(),
                r -> line(
                        r.job(),
                        r.run(),
                        r.nominalMs(),
                        r.state(),
                        r.attempt(),
                        r.firedMs(),
                        r.startedMs(),
                        String.join(",", r.attempts())));
    }

    public static History read(Path directory) throws IOException {
        return new History(
                read(
                        directory.resolve(TARGETS),
                        5,
                        p -> new Target(
                                p[0],
                                Long.parseLong(p[1]),
                                Long.parseLong(p[2]),
                                Need.valueOf(p[3]),
                                Boolean.parseBoolean(p[4]))),
                read(
                        directory.resolve(EXECUTIONS),
                        7,
                        p -> new Execution(
                                p[0],
                                p[1],
                                Integer.parseInt(p[2]),
                                Long.parseLong(p[3]),
                                Long.parseLong(p[4]),
                                Long.parseLong(p[5]),
                                Long.parseLong(p[6]))),
                read(
                        directory.resolve(RECORDS),
                        8,
                        p -> new RunRecord(
                                p[0],
                                p[1],
                                Long.parseLong(p[2]),
                                p[3],
                                Integer.parseInt(p[4]),
                                Long.parseLong(p[5]),
                                Long.parseLong(p[6]),
                                p[7].isEmpty() ? List.of() : List.of(p[7].split(",")))));
    }

    private static String line(Object... fields) {
        List<String> texts = new ArrayList<>();
        for (Object field : fields) {
            texts.add(field.toString());
        }
        return String.join("\t", texts);
    }

    private static <T> void write(Path file, List<T> items, Function<T, String> text) throws IOException {
        Files.write(file, items.stream().map(text).toList());
    }

    private static <T> List<T> read(Path file, int fields, Function<String[], T> item) throws IOException {
        List<T> items = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split("\t", -1);
            if (parts.length != fields) {
                throw new IOException("not a line of a history; file=" + file + " line=" + line);
            }
            items.add(item.apply(parts));
        }
        return items;
    }
}
