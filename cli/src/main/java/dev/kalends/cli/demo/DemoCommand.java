package dev.kalends.cli.demo;

import com.sun.net.httpserver.HttpServer;
import dev.kalends.api.ActionResult;
import dev.kalends.api.DeadRequest;
import dev.kalends.api.JobView;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.Times;
import dev.kalends.cli.process.Directories;
import dev.kalends.cli.process.NodeProcess;
import dev.kalends.client.DeadQuery;
import dev.kalends.client.Flag;
import dev.kalends.client.NodeClient;
import dev.kalends.job.JobId;
import dev.kalends.job.RunId;
import dev.kalends.time.MonotonicClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * {@code demo}: shows within a minute what Kalends promises, on real jobs and with a real kill -9, and judges it by
 * what the jobs wrote. Exit status 1 if a promise was broken.
 */
public final class DemoCommand implements Command {
    private static final List<String> OPEN = List.of("ready", "running", "retrying");
    private static final int BROKEN_PROMISE = 1;
    private static final long STEP_MS = 100;
    private static final long BEFORE_KILL_MS = 8_500;
    private static final long DOWN_MS = 3_000;
    private static final long AFTER_RESTART_MS = 4_000;
    private static final long LEASES_END_WITHIN_MS = 40_000;

    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("demo").toggle("--keep", "keep the directory with the node's data and the jobs' file");
    }

    @Override
    public int run(Arguments arguments, Session session) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("kalends-demo");
        Show show = new Show(session, directory);
        try {
            return show.play() ? DONE : BROKEN_PROMISE;
        } finally {
            show.close();
            if (arguments.has("--keep")) {
                session.tell("kept: " + directory);
            } else {
                Directories.delete(directory);
            }
        }
    }

    /** One performance. */
    private static final class Show {
        private final Session session;
        private final MonotonicClock clock;
        private final NodeProcess.Place place;
        private final Witness witness;
        private final Path repair;
        private final List<Witness.Line> lines = new ArrayList<>();
        private final ConcurrentLinkedQueue<String> calls = new ConcurrentLinkedQueue<>();
        private final HttpServer callee;
        private NodeProcess node;

        Show(Session session, Path directory) throws IOException, InterruptedException {
            this.session = session;
            this.clock = session.surroundings().clocks().monotonic();
            this.witness = new Witness(directory.resolve("executions.txt"));
            this.repair = directory.resolve("repaired");
            this.callee = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            callee.createContext("/", exchange -> {
                calls.add(String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
            });
            callee.start();
            this.place = NodeProcess.Place.of(directory, List.of("--workers", "8"));
            say("starting a node of its own in " + directory);
            this.node = NodeProcess.start(place, clock);
        }

        boolean play() throws IOException, InterruptedException {
            DemoJobs jobs = new DemoJobs(client(), witness, repair);
            jobs.once();
            jobs.everySecond();
            jobs.sixFields();
            jobs.broken();
            jobs.call("http://127.0.0.1:" + callee.getAddress().getPort() + "/paid");
            say("submitted: one in 2 s, one every second, one by six-field cron, one that fails, one HTTP call");
            watch(BEFORE_KILL_MS);
            say("kill -9 " + node.pid() + "   (the node, in the middle of its work)");
            node.kill();
            watch(DOWN_MS);
            node = NodeProcess.start(place, clock);
            say("started again on the same directory: what was missed is made up for, then time goes on");
            watch(AFTER_RESTART_MS);
            redrive();
            return judge();
        }

        private void redrive() throws IOException, InterruptedException {
            long dead = client().dead(DeadQuery.ALL).items().size();
            say("dead letters: " + dead + "   (" + DemoJobs.BROKEN + " used up its attempts); its cause is mended now, "
                    + "and it is redriven");
            Files.writeString(repair, "yes\n");
            DeadRequest all = new DeadRequest(null, null, null, null, true, null, null, false, null);
            client().redrive(all);
            watch(1_500);
        }

        /** Ends the recurring jobs, waits for the runs that were cut off to be retried, and judges. */
        private boolean judge() throws IOException, InterruptedException {
            Set<RunId> expected = new HashSet<>();
            for (String name : List.of(DemoJobs.TICK, DemoJobs.CRON)) {
                JobView job = client().job(name);
                ActionResult _ = client().cancelJob(name, Flag.OFF);
                expected.addAll(instants(JobId.parse(job.id()).orElseThrow(), job));
            }
            for (String name : List.of(DemoJobs.ONCE, DemoJobs.BROKEN)) {
                JobView job = client().job(name);
                expected.add(RunId.scheduled(
                        JobId.parse(job.id()).orElseThrow(),
                        Times.ofRfc3339(Objects.requireNonNull(job.schedule().at()))));
            }
            say("waiting for the runs that were cut off: their leases end, then they are retried with a higher token");
            awaitQuiet();
            boolean called = new HashSet<>(calls).size() == 1;
            Verdict verdict = Verdict.of(expected, lines);
            tell(verdict, called);
            return verdict.kept() && called;
        }

        /** The instants of a recurring job from its first to the last before now, recomputed from its schedule. */
        private Set<RunId> instants(JobId id, JobView job) {
            Set<RunId> instants = new HashSet<>();
            long untilMs = Times.ofRfc3339(Objects.requireNonNull(job.nextFireAt()));
            long periodMs = Optional.ofNullable(job.schedule().everyMs()).orElse(5_000L);
            long createdMs = Times.ofRfc3339(job.createdAt());
            for (long at = untilMs - periodMs; at > createdMs; at -= periodMs) {
                instants.add(RunId.scheduled(id, at));
            }
            return instants;
        }

        private void awaitQuiet() throws IOException, InterruptedException {
            long startedNs = clock.nowNs();
            while (clock.nowNs() - startedNs < TimeUnit.MILLISECONDS.toNanos(LEASES_END_WITHIN_MS)) {
                watch(300);
                var runs = client().stats().runs();
                long left = OPEN.stream()
                        .mapToLong(state -> runs.getOrDefault(state, 0L))
                        .sum();
                if (left == 0) {
                    return;
                }
            }
        }

        private void tell(Verdict verdict, boolean called) {
            session.surroundings().out().line();
            say(String.format(
                    Locale.ROOT,
                    "%d executions written by the jobs themselves; %d of them retries of runs that the kill cut off",
                    verdict.executions(),
                    verdict.retried()));
            verdict.lost().forEach(run -> say("LOST     " + run));
            verdict.doubled().forEach(line -> say("DOUBLED  " + line.run() + " token " + line.token()));
            verdict.early().forEach(line -> say("EARLY    " + line.run() + " by " + -line.skewMs() + " ms"));
            if (!called) {
                say("HTTP     expected one idempotency key, saw " + new HashSet<>(calls));
            }
            say(String.format(
                    Locale.ROOT,
                    "lost %d, doubled %d, early %d   %s",
                    verdict.lost().size(),
                    verdict.doubled().size(),
                    verdict.early().size(),
                    verdict.kept() && called ? "every promise kept" : "A PROMISE WAS BROKEN"));
        }

        /** Lets time pass and shows what the jobs write meanwhile. */
        private void watch(long forMs) throws IOException, InterruptedException {
            long startedNs = clock.nowNs();
            do {
                for (Witness.Line line : witness.added()) {
                    lines.add(line);
                    say(String.format(
                            Locale.ROOT,
                            "  %-18s %s   attempt %d   %s",
                            line.label(),
                            line.run().instantText(),
                            line.attempt(),
                            "skew +" + line.skewMs() + " ms"));
                }
                TimeUnit.MILLISECONDS.sleep(STEP_MS);
            } while (clock.nowNs() - startedNs < TimeUnit.MILLISECONDS.toNanos(forMs));
        }

        private NodeClient client() {
            return node.client(Optional.empty(), Duration.ofSeconds(10));
        }

        private void say(String line) {
            session.surroundings().out().line(line).flush();
        }

        void close() {
            node.close();
            callee.stop(0);
        }
    }
}
