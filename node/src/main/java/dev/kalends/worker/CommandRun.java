package dev.kalends.worker;

import dev.kalends.job.AttemptEnd;
import dev.kalends.job.Limits;
import dev.kalends.schedule.DurationText;
import dev.kalends.worker.StopPlan.Order;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One process from start to end: pumps its output, stops it when the time or somebody says so. */
final class CommandRun {
    private static final long NS_PER_MS = 1_000_000;
    private static final int PUMP_BYTES = 16 * 1024;
    /** After KILL the supervisor has this long, then it is killed itself. */
    private static final long KILL_PATIENCE_MS = 2_000;
    /** How long output is awaited that strays of a finished command may still write. */
    private static final long OUTPUT_PATIENCE_MS = 200;

    private final CommandSettings settings;
    private final Execution execution;
    private final Process process;
    private final StopPlan plan;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    CommandRun(CommandSettings settings, Execution execution, Process process) {
        this.settings = settings;
        this.execution = execution;
        this.process = process;
        Long timeoutMs = execution.grant().timeoutMs();
        this.plan = new StopPlan(
                settings.clock().nowNs(),
                timeoutMs == null ? Limits.DURATION_MAX_MS : timeoutMs,
                settings.grace().toMillis());
    }

    Outcome run(Optional<Path> stdin) throws InterruptedException {
        Thread pump = Thread.ofVirtual().name("output-" + process.pid()).start(this::pump);
        try {
            if (settings.confinement().isolation() == Isolation.DIRECT) {
                feed(stdin);
            }
            execution.stop().onRaise(this::wake);
            Thread.ofVirtual().name("exit-" + process.pid()).start(this::awaitExit);
            await();
            if (!pump.join(Duration.ofMillis(OUTPUT_PATIENCE_MS))) {
                closeQuietly(process.getInputStream());
            }
            return outcome(process.exitValue());
        } finally {
            obey(Order.KILL);
            closeQuietly(process.getInputStream());
        }
    }

    private void await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long killedNs = 0;
            while (process.isAlive()) {
                long nowNs = settings.clock().nowNs();
                Order order = plan.order(nowNs, execution.stop().reason());
                obey(order);
                if (order == Order.KILL && killedNs == 0) {
                    killedNs = nowNs;
                }
                if (plan.killed() && nowNs - killedNs >= KILL_PATIENCE_MS * NS_PER_MS) {
                    process.destroyForcibly();
                }
                long waitMs = plan.killed() ? KILL_PATIENCE_MS : plan.msUntilNext(nowNs);
                changed.awaitNanos(TimeUnit.MILLISECONDS.toNanos(waitMs));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Not {@code onExit()}: that is told by the common pool, which may be busy. */
    private void awaitExit() {
        try {
            process.waitFor();
            wake();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void obey(Order order) {
        switch (order) {
            case NONE -> {}
            case TERM -> {
                if (settings.confinement().isolation() == Isolation.DIRECT) {
                    // By its handle: the process's own method would close the output that it still writes.
                    process.descendants().forEach(ProcessHandle::destroy);
                    process.toHandle().destroy();
                } else {
                    tell("TERM\n");
                }
            }
            case KILL -> {
                if (settings.confinement().isolation() == Isolation.DIRECT) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.toHandle().destroyForcibly();
                } else {
                    closeQuietly(process.getOutputStream());
                }
            }
        }
    }

    private void tell(String order) {
        try {
            OutputStream control = process.getOutputStream();
            control.write(order.getBytes(StandardCharsets.US_ASCII));
            control.flush();
        } catch (IOException e) {
            // The supervisor has just ended, and the command with it.
        }
    }

    /** Without a supervisor stdin is the process's own; a program that does not read it must not hold us up. */
    private void feed(Optional<Path> stdin) {
        Thread.ofVirtual().name("stdin-" + process.pid()).start(() -> {
            try (OutputStream out = process.getOutputStream()) {
                if (stdin.isPresent()) {
                    Files.copy(stdin.get(), out);
                }
            } catch (IOException e) {
                // It closed its stdin: its right.
            }
        });
    }

    private void pump() {
        byte[] buffer = new byte[PUMP_BYTES];
        try (InputStream in = process.getInputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                execution.output().write(buffer, 0, read);
            }
        } catch (IOException e) {
            // Closed because its command is over.
        }
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Outcome outcome(int code) {
        Optional<Integer> exitCode = Optional.of(code);
        return switch (plan.cause()) {
            case NONE ->
                code == 0
                        ? new Outcome(AttemptEnd.SUCCEEDED, exitCode, Optional.empty(), 0)
                        : new Outcome(AttemptEnd.FAILED, exitCode, Optional.of(error(ExitStatus.words(code))), 0);
            case TIMEOUT ->
                new Outcome(
                        AttemptEnd.TIMED_OUT,
                        exitCode,
                        Optional.of(error("timeout after " + DurationText.format(plan.timeoutMs()))),
                        0);
            case CANCELLED -> new Outcome(AttemptEnd.CANCELLED, exitCode, Optional.of("cancelled while running"), 0);
            case DRAINED ->
                new Outcome(AttemptEnd.LOST, exitCode, Optional.of("stopped because its worker was drained"), 0);
            case LOST -> new Outcome(AttemptEnd.LOST, exitCode, Optional.of("killed because its lease was lost"), 0);
        };
    }

    private String error(String words) {
        String line = execution.output().lastLine();
        return line.isEmpty() ? words : PlainText.bounded(words + ": " + line);
    }

    private static void closeQuietly(AutoCloseable stream) {
        try {
            stream.close();
        } catch (Exception e) {
            // Nobody is on the other side any more.
        }
    }
}
