package dev.kalends.cli.shell;

import dev.kalends.cli.io.Printer;
import dev.kalends.cli.io.Streams;
import dev.kalends.cli.io.Surroundings;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;

/**
 * Runs a command while Ctrl-C means the command and not the shell.
 *
 * <p>The command has a virtual thread of its own: an interrupt then ends also a read from the network. One that does
 * not end for all that is left alone after 2 s, and nothing that it writes is seen.
 */
final class Foreground {
    private static final int INTERRUPTED = 130;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Interpreter interpreter;
    private final Terminal terminal;
    private final Surroundings surroundings;

    Foreground(Interpreter interpreter, Terminal terminal, Surroundings surroundings) {
        this.interpreter = interpreter;
        this.terminal = terminal;
        this.surroundings = surroundings;
    }

    /** Runs a line's words and returns the status. */
    int run(List<String> words) throws InterruptedException {
        Muzzle out = new Muzzle(terminal.output());
        Muzzle err = new Muzzle(terminal.output());
        AtomicInteger status = new AtomicInteger();
        AtomicBoolean interrupted = new AtomicBoolean();
        CountDownLatch ended = new CountDownLatch(1);
        Thread command = Thread.ofVirtual().name("command").unstarted(() -> {
            try {
                status.set(interpreter.run(words, surroundings(out, err)));
            } finally {
                ended.countDown();
            }
        });
        Terminal.SignalHandler before = terminal.handle(Signal.INT, _ -> {
            if (interrupted.compareAndSet(false, true)) {
                out.shut();
                err.shut();
                command.interrupt();
                Thread.ofVirtual().start(() -> giveUp(command, ended));
            }
        });
        try {
            command.start();
            ended.await();
        } finally {
            terminal.handle(Signal.INT, before);
        }
        terminal.flush();
        return interrupted.get() ? INTERRUPTED : status.get();
    }

    private static void giveUp(Thread command, CountDownLatch ended) {
        try {
            command.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ended.countDown();
    }

    private Surroundings surroundings(OutputStream out, OutputStream err) {
        int width = terminal.getSize().getColumns();
        return new Surroundings(
                new Streams(terminal.input(), new Printer(out), new Printer(err)),
                surroundings.clocks(),
                surroundings.environment(),
                width > 0 ? surroundings.terminal().withWidth(width) : surroundings.terminal());
    }
}
