package dev.kalends.cli.bench;

import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.time.MonotonicClock;
import dev.kalends.tui.text.SafeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code bench}: measures a node. Without {@code --here} it starts one of its own, with default settings. */
public final class BenchCommand implements Command {
    /** The tenant that benchmarks of a running node work under. */
    static final String TENANT = "bench";

    private static final int UNPROVEN = 1;
    private static final int RATE_MAX = 100_000;
    private static final int COUNT_MAX = 1_000_000_000;
    private static final int REPEAT_MAX = 100;
    private static final int BATCH_MAX = 100_000;
    private static final int BATCH_JOBS = 8_192;
    private static final long YEAR_MS = 365L * 86_400_000;
    private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(10);

    private final FarTier farTier;

    /** A command that measures stores by what it is given. */
    public BenchCommand(FarTier farTier) {
        this.farTier = farTier;
    }

    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis(
                        "bench submit [--jobs N | --rate N [--for D]]",
                        "bench herd [--jobs N]",
                        "bench steady [--rate N] [--for D] [--warmup D]",
                        "bench backlog [--jobs N] [--rate N] [--for D] [--warmup D]",
                        "bench restart [--jobs N]",
                        "bench endurance [--rate N] [--for D]",
                        "bench store [--jobs N] [--over D] [--batch N] [--keep DIR]"
                                + " [--named] [--recurring] [--cancelled]")
                .positionals("SCENARIO", "1", "what to measure: see below")
                .value("--rate", "N", "fires or submits a second (default 500); submit: at a rate that does not wait")
                .value("--for", "D", "how long it is measured (default 20s; endurance 10m)")
                .value("--warmup", "D", "how long before that, not measured (default 30s)")
                .value("--jobs", "N", "how many jobs are submitted, or wait (default 100000)")
                .value("--repeat", "N", "how often; medians, least and greatest are shown (default 1)")
                .value("--hdr", "FILE", "write every value to a log of HdrHistogram's")
                .value("--slots", "N", "workers of the node that is started (default 64)")
                .value("--over", "D", "store: the jobs are due all over this time (default 365d)")
                .value("--batch", "N", "store: jobs a commit (default 8192, as a busy node)")
                .toggle("--named", "store: give each job a name and a key")
                .toggle("--recurring", "store: each job repeats")
                .toggle("--cancelled", "store: cancel all of them in the end")
                .value("--keep", "DIR", "store: leave it there, for --on DIR")
                .value("--on", "DIR", "start the node on what bench store left, and leave it there")
                .toggle("--here", "measure the node named by --node, as tenant " + TENANT)
                .choices("SCENARIO", "submit", "herd", "steady", "backlog", "restart", "endurance", "store")
                .examples(
                        "kalends bench submit --repeat 5",
                        "kalends bench steady --rate 1000 --for 30s --hdr steady.hlog",
                        "kalends bench backlog --jobs 10000000 --rate 1000 -o json",
                        "kalends bench store --jobs 100000000 --keep /srv/bench",
                        "kalends bench backlog --on /srv/bench --jobs 1 --rate 1000",
                        "kalends --node http://10.0.0.7:7070 bench steady --here --rate 200");
    }

    @Override
    public int run(Arguments arguments, Session session) throws IOException, InterruptedException {
        int repetitions = (int) arguments.wholeNumber("--repeat", 1, REPEAT_MAX).orElse(1);
        Optional<Path> on = arguments.text("--on").map(text -> Path.of(text).toAbsolutePath());
        if (arguments.positionals().getFirst().equals("store")) {
            return store(arguments, session, repetitions);
        }
        Scenario scenario = scenario(arguments);
        if (arguments.has("--here")) {
            if (scenario instanceof RestartScenario || scenario instanceof EnduranceScenario) {
                throw Arguments.usage(
                        "this scenario kills or looks into a node's process, so it works on a node of its "
                                + "own only: leave out --here; scenario="
                                + arguments.positionals().getFirst());
            }
            Bench bench = new Bench(session, Running.client(session, REQUEST_TIMEOUT), Optional.empty());
            List<Report> reports = new ArrayList<>();
            for (int i = 0; i < repetitions; i++) {
                reports.add(scenario.run(bench));
            }
            return print(arguments, session, reports);
        }
        List<String> flags = List.of(
                "--workers",
                Long.toString(arguments.wholeNumber("--slots", 1, 4096).orElse(64)));
        List<Report> reports = new ArrayList<>();
        for (int i = 0; i < repetitions; i++) {
            try (OwnNode node = start(on, flags, session)) {
                reports.add(scenario.run(new Bench(session, node.client(REQUEST_TIMEOUT), Optional.of(node))));
            }
        }
        return print(arguments, session, reports);
    }

    private static OwnNode start(Optional<Path> on, List<String> flags, Session session)
            throws IOException, InterruptedException {
        MonotonicClock clock = session.surroundings().clocks().monotonic();
        return on.isPresent() ? OwnNode.startOn(on.get(), flags, clock) : OwnNode.start(flags, clock);
    }

    private int store(Arguments arguments, Session session, int repetitions) throws IOException {
        if (arguments.has("--here") || arguments.has("--on")) {
            throw Arguments.usage("this scenario needs no node: leave out --here and --on; scenario=store");
        }
        Optional<Path> keep = arguments.text("--keep").map(text -> Path.of(text).toAbsolutePath());
        if (keep.isPresent() && (repetitions > 1 || Files.exists(keep.get().resolve(OwnNode.DATA)))) {
            throw Arguments.usage("--keep takes a new directory, and no --repeat; directory="
                    + SafeText.line(keep.get().toString()));
        }
        StoreBench.Load load = new StoreBench.Load(
                arguments.wholeNumber("--jobs", 1, COUNT_MAX).orElse(100_000),
                arguments.durationMs("--over").orElse(YEAR_MS),
                Arrays.stream(FarTier.Trait.values())
                        .filter(trait -> arguments.has(trait.option()))
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(FarTier.Trait.class))),
                (int) arguments.wholeNumber("--batch", 1, BATCH_MAX).orElse(BATCH_JOBS));
        List<Report> reports = new ArrayList<>();
        for (int i = 0; i < repetitions; i++) {
            reports.add(new StoreBench(farTier, load, keep).run(session));
        }
        return print(arguments, session, reports);
    }

    private static int print(Arguments arguments, Session session, List<Report> reports) throws IOException {
        if (arguments.text("--hdr").isPresent()) {
            HdrLog.write(Path.of(arguments.text("--hdr").get()), reports);
        }
        ReportPage page = new ReportPage(reports);
        page.print(session.rendering());
        return page.faults().isEmpty() ? DONE : UNPROVEN;
    }

    private static Scenario scenario(Arguments arguments) {
        int jobs = (int) arguments.wholeNumber("--jobs", 1, COUNT_MAX).orElse(100_000);
        int rate = (int) arguments.wholeNumber("--rate", 1, RATE_MAX).orElse(500);
        long warmupMs = arguments.durationMs("--warmup").orElse(30_000);
        long forMs = arguments.durationMs("--for").orElse(20_000);
        SteadyScenario steady = new SteadyScenario(rate, warmupMs, forMs);
        String name = arguments.positionals().getFirst();
        return switch (name) {
            case "steady" -> steady;
            case "submit" ->
                arguments.has("--rate")
                        ? new OpenSubmitScenario(rate, warmupMs, forMs)
                        : new SubmitScenario(jobs, Math.clamp(jobs, 1, SubmitScenario.SINGLES_MAX));
            case "herd" -> new HerdScenario(jobs);
            case "backlog" -> new BacklogScenario(jobs, steady);
            case "restart" -> new RestartScenario(jobs);
            case "endurance" ->
                new EnduranceScenario(rate, arguments.durationMs("--for").orElse(600_000));
            default ->
                throw Arguments.usage("no such scenario; one of submit, herd, steady, backlog, restart, endurance, "
                        + "store; scenario=" + name);
        };
    }
}
