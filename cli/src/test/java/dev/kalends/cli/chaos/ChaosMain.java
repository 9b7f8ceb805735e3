package dev.kalends.cli.chaos;

import dev.kalends.cli.history.HistoryChecker;
import dev.kalends.cli.history.HistoryFiles;
import dev.kalends.cli.history.Verdict;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The program behind {@code scripts/chaos}. */
final class ChaosMain {
    private static final Set<String> VALUES = Set.of(
            "--cell", "--seconds", "--warm", "--rate", "--seed", "--dir", "--check", "--next", "--nodes", "--workers");
    private static final Set<String> SWITCHES = Set.of("--list", "--embedded", "--short", "--ceiling");
    private static final int PARTITIONS = 8;
    private static final int SLOTS = 64;

    private final Map<String, String> valueByFlag = new HashMap<>();
    private final List<String> cells = new ArrayList<>();
    private final PrintStream out = System.out;

    private ChaosMain() {}

    public static void main(String[] arguments) throws Exception {
        int status;
        try {
            status = new ChaosMain().run(List.of(arguments));
        } catch (CellFailure | NumberFormatException e) {
            System.err.println("error: usage: " + e.getMessage());
            System.err.println("  what there is: scripts/chaos --list");
            status = 2;
        }
        System.exit(status);
    }

    private int run(List<String> arguments) throws Exception {
        read(arguments);
        if (valueByFlag.containsKey("--list")) {
            Cells.all().forEach(cell -> out.printf("%-15s %s%n", cell.name(), cell.about()));
            return 0;
        }
        if (valueByFlag.containsKey("--check")) {
            Verdict verdict = HistoryChecker.judge(HistoryFiles.read(Path.of(valueByFlag.get("--check"))));
            verdict.findings().forEach(out::println);
            out.println(verdict.figures());
            return verdict.sound() ? 0 : 1;
        }
        Shell shell = Shell.here();
        ChaosOptions options = options(shell);
        if (valueByFlag.containsKey("--ceiling")) {
            new Ceiling(options, shell).search();
            return 0;
        }
        if (valueByFlag.containsKey("--short")) {
            cells.addAll(Cells.SHORT);
        }
        return run(Cells.chosen(cells, options.site().home()), options, shell);
    }

    /** 1 when something was lost, doubled, early or unexplained, or a cell could not be carried out. */
    static int run(List<Cell> cells, ChaosOptions options, Shell shell) throws Exception {
        List<CellReport> reports = new ArrayList<>();
        try (CellRunner runner = new CellRunner(options, shell)) {
            for (Cell cell : cells) {
                reports.add(runner.run(cell));
            }
        }
        StringBuilder text = new StringBuilder("\n" + CellReport.head() + "\n");
        reports.forEach(report -> text.append(report.line()).append('\n'));
        for (CellReport report : reports) {
            report.notes()
                    .forEach(note ->
                            text.append(report.cell()).append(": ").append(note).append('\n'));
            report.failures()
                    .forEach(note -> text.append(report.cell())
                            .append(": FAILURE ")
                            .append(note)
                            .append('\n'));
        }
        options.say(text.toString());
        Files.writeString(options.directory().resolve("report.txt"), text.toString(), StandardCharsets.UTF_8);
        return reports.stream().allMatch(CellReport::sound) ? 0 : 1;
    }

    private void read(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String flag = arguments.get(i);
            if (SWITCHES.contains(flag)) {
                valueByFlag.put(flag, "");
            } else if (VALUES.contains(flag) && i + 1 < arguments.size()) {
                String value = arguments.get(++i);
                if (flag.equals("--cell")) {
                    cells.addAll(List.of(value.split(",")));
                } else {
                    valueByFlag.put(flag, value);
                }
            } else {
                throw new CellFailure("not known, or its value is missing; flag=" + flag);
            }
        }
    }

    private ChaosOptions options(Shell shell) throws Exception {
        boolean embedded = valueByFlag.containsKey("--embedded");
        Path program = Path.of(System.getProperty(
                "kalends.program", shell.top().resolve("scripts/kalends").toString()));
        SitePlan site = new SitePlan(
                embedded ? SitePlan.Home.EMBEDDED : SitePlan.Home.CLUSTER,
                SitePlan.Wiring.DIRECT,
                embedded ? 1 : number("--nodes", 3),
                number("--workers", 2),
                SLOTS,
                PARTITIONS,
                program);
        Path directory = Path.of(valueByFlag.getOrDefault(
                "--dir", shell.top().resolve("target/chaos").toString()));
        fresh(directory);
        int seconds = number("--seconds", 60) / 10 * 10;
        Path next = Path.of(valueByFlag.getOrDefault(
                "--next",
                shell.top().resolve("target/chaos-next/scripts/kalends").toString()));
        return new ChaosOptions(
                site,
                number("--rate", 200),
                Math.max(20, seconds),
                Math.max(10, number("--warm", ChaosOptions.WARM_SECONDS) / 10 * 10),
                number("--seed", 1),
                directory,
                next,
                out);
    }

    private int number(String flag, int absent) {
        return Integer.parseInt(valueByFlag.getOrDefault(flag, Integer.toString(absent)));
    }

    /** A directory of ours with nothing in it; one of somebody else's is left alone. */
    static void fresh(Path directory) throws Exception {
        Path sign = directory.resolve("chaos");
        if (Files.exists(directory) && !Files.exists(sign)) {
            try (Stream<Path> entries = Files.list(directory)) {
                if (entries.findAny().isPresent()) {
                    throw new CellFailure("the directory holds something else; dir=" + directory);
                }
            }
        }
        if (Files.exists(directory)) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(directory);
        Files.createFile(sign);
    }
}
