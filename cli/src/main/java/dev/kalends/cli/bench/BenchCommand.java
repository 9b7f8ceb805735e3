package dev.kalends.cli.bench;

import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.process.Directories;
import dev.kalends.cli.process.NodeProcess;
import dev.kalends.client.NodeClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code bench}: measures a node. Without {@code --here} it starts one of its own, with default settings. */
public final class BenchCommand implements Command {
    /** The tenant that benchmarks of a running node work under. */
    static final String TENANT = "bench";

    private static final int UNPROVEN = 1;
    private static final int RATE_MAX = 100_000;
    private static final int COUNT_MAX = 10_000_000;
    private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(10);

    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis(
                        "bench steady [--rate N] [--for D] [--warmup D]",
                        "bench submit [--jobs N]",
                        "bench herd [--jobs N]")
                .positionals(
                        "SCENARIO", "1", "steady: fire skew at a rate; submit: latency and rate; herd: all due at once")
                .value("--rate", "N", "steady: fires a second (default 500)")
                .value("--for", "D", "steady: how long it is measured (default 20s)")
                .value("--warmup", "D", "steady: how long before that, not measured (default 10s)")
                .value("--jobs", "N", "submit, herd: how many jobs (default 100000)")
                .value("--slots", "N", "workers of the node that is started (default 64)")
                .toggle("--here", "measure the node named by --node, as tenant " + TENANT)
                .choices("SCENARIO", "steady", "submit", "herd")
                .examples("kalends bench steady --rate 1000 --for 30s", "kalends bench submit -o json");
    }

    @Override
    public int run(Arguments arguments, Session session) throws IOException, InterruptedException {
        if (arguments.has("--here")) {
            return measure(arguments, new Bench(session, Running.client(session, REQUEST_TIMEOUT)));
        }
        Path directory = Files.createTempDirectory("kalends-bench");
        String slots = Long.toString(arguments.wholeNumber("--slots", 1, 4096).orElse(64));
        try (NodeProcess node = NodeProcess.start(
                NodeProcess.Place.of(directory, List.of("--workers", slots)),
                session.surroundings().clocks().monotonic())) {
            NodeClient client = node.client(Optional.empty(), REQUEST_TIMEOUT);
            return measure(arguments, new Bench(session, client));
        } finally {
            Directories.delete(directory);
        }
    }

    private static int measure(Arguments arguments, Bench bench) throws IOException, InterruptedException {
        int jobs = (int) arguments.wholeNumber("--jobs", 1, COUNT_MAX).orElse(100_000);
        Report report = switch (arguments.positionals().getFirst()) {
            case "steady" ->
                new SteadyScenario(
                                (int) arguments
                                        .wholeNumber("--rate", 1, RATE_MAX)
                                        .orElse(500),
                                arguments.durationMs("--warmup").orElse(10_000),
                                arguments.durationMs("--for").orElse(20_000))
                        .run(bench);
            case "submit" -> new SubmitScenario(jobs).run(bench);
            case "herd" -> new HerdScenario(jobs).run(bench);
            default ->
                throw Arguments.usage("no such scenario; one of steady, submit, herd; scenario="
                        + arguments.positionals().getFirst());
        };
        report.print(bench.session().rendering());
        return report.sound() ? DONE : UNPROVEN;
    }
}
