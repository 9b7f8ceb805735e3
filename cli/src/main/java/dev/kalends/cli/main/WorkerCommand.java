package dev.kalends.cli.main;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorBody;
import dev.kalends.api.ErrorCode;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.ErrorLines;
import dev.kalends.client.RequestIds;
import dev.kalends.node.NodeConfig;
import dev.kalends.node.NodeExit;
import dev.kalends.node.ServiceNotice;
import dev.kalends.node.Signals;
import dev.kalends.node.StderrLog;
import dev.kalends.worker.HttpWorkerLink;
import dev.kalends.worker.Worker;
import dev.kalends.worker.WorkerSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code worker}: executes runs in a process of its own, over HTTP, until it is asked to stop. The first signal drains
 * it, the second ends the wait. A node that is away is waited for.
 */
final class WorkerCommand implements Command {
    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("worker [--slots N] [--queue Q,…]")
                .setting("--slots", "N", "executions at a time (default " + NodeConfig.DEFAULT_WORKERS + ")")
                .setting("--queue", "Q,…", "queues to take work from (default " + WorkerSettings.DEFAULT_QUEUE + ")")
                .setting("--sandbox", "MODE", "isolation that jobs get (not in this version)")
                .value("--kafka", "HOST:PORT,…", "not needed: a worker speaks to the nodes of a cluster")
                .examples("kalends worker --slots 32 --node http://127.0.0.1:7070");
    }

    @Override
    public int run(Arguments arguments, Session session) throws IOException, InterruptedException {
        if (arguments.text("--kafka").isPresent()) {
            return refuse(
                    session,
                    "a worker speaks to the nodes of a cluster, not to Kafka: name them with --node;"
                            + " setting=kafka");
        }
        if (arguments.text("--sandbox").isPresent()) {
            return refuse(session, "not in this version; setting=sandbox");
        }
        WorkerSettings settings = settings(arguments, session);
        Map<String, String> variables = session.surroundings().environment().valueByName();
        StderrLog log =
                StderrLog.ofProcess(variables, session.surroundings().clocks().wall());
        log.captureSystemLogger();
        try {
            session.client().workers();
        } catch (ApiException e) {
            if (e.code() == ErrorCode.UNAUTHORIZED || e.code() == ErrorCode.FORBIDDEN) {
                return refuse(
                        session, e.message() + e.hint().map(hint -> "; " + hint).orElse(""));
            }
            log.warn("waits for its node; " + e.message());
        }
        try (ServiceNotice notice = new ServiceNotice(variables, log);
                Worker worker = new Worker(settings, new HttpWorkerLink(session.clientSettings(), settings.id()))) {
            worker.start();
            log.info("worker " + settings.id() + " has " + settings.slots() + " slots; queues="
                    + String.join(",", settings.queues()) + " isolation=" + worker.isolation());
            notice.ready("claims work; slots=" + settings.slots());
            notice.watch(Optional::empty);
            awaitStop();
            notice.stopping();
            log.info("draining: claims no more, waits for what runs; runs=" + worker.running());
            worker.drain(NodeConfig.DEFAULT_DRAIN_PATIENCE);
        } catch (InterruptedException e) {
            log.warn("asked again: waits no longer");
        }
        log.info("stopped");
        return NodeExit.DRAINED.status();
    }

    /** Until the first signal; the second one interrupts whoever waited here. */
    private static void awaitStop() throws InterruptedException {
        Thread waiting = Thread.currentThread();
        CountDownLatch asked = new CountDownLatch(1);
        AtomicInteger times = new AtomicInteger();
        Signals.onStop(() -> {
            asked.countDown();
            if (times.incrementAndGet() > 1) {
                waiting.interrupt();
            }
        });
        asked.await();
    }

    private static WorkerSettings settings(Arguments arguments, Session session) throws IOException {
        int slots = (int)
                arguments.wholeNumber("--slots", 1, WorkerSettings.SLOTS_MAX).orElse(NodeConfig.DEFAULT_WORKERS);
        WorkerSettings own = WorkerSettings.of(id(), slots, VersionCommand.version());
        Optional<String> queues = arguments.text("--queue");
        return new WorkerSettings(
                own.id(),
                queues.map(text -> List.of(text.split(","))).orElse(own.queues()),
                own.slots(),
                own.version(),
                own.grace(),
                own.isolation(),
                own.addresses(),
                session.surroundings().environment().valueByName(),
                own.monotonic(),
                own.wall());
    }

    /** Unique for the life of this process, and readable: host, process, start. */
    private static String id() {
        String host = Optional.ofNullable(System.getenv("HOSTNAME"))
                .map(name -> name.replaceAll("[^A-Za-z0-9.-]", ""))
                .filter(name -> !name.isEmpty())
                .orElse("worker");
        String start = RequestIds.next().substring(0, 8);
        return host + "-" + ProcessHandle.current().pid() + "-" + start;
    }

    private static int refuse(Session session, String message) {
        ErrorLines.print(
                session.surroundings().err(),
                new ErrorBody(new ErrorBody.Detail("configuration", message, "what it takes: kalends worker --help")),
                session.settings().manner().format());
        return NodeExit.CONFIGURATION.status();
    }
}
