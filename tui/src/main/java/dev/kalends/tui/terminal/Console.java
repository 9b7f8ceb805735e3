package dev.kalends.tui.terminal;

import dev.kalends.tui.model.Size;
import dev.kalends.tui.view.Grid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.NonBlockingReader;
import org.jline.utils.Signals;

/**
 * The terminal while it is ours: the alternate screen, raw mode with signals off, so that every key arrives as one.
 *
 * <p>It is given back as it was found: on {@link #close}, before a stop, and by a hook when the JVM ends in any way
 * that lets it say a last word. What cannot, {@code kill -9}, is mended by the launcher.
 */
public final class Console implements AutoCloseable {
    private static final byte[] ENTER = ascii("\u001b[?1049h\u001b[?25l\u001b[2J");
    private static final byte[] LEAVE = ascii("\u001b[0m\u001b[?2026l\u001b[?25h\u001b[?1049l");
    private static final long READ_MS = 1_000;
    private static final int COPY_CHARS_MAX = 4_096;
    /** How long a stop may last is up to the person; the shell that asks for it is gone in a moment. */
    private static final String[] STOP = {"/bin/sh", "-c", "kill -TSTP 0"};

    private final Terminal terminal;
    private final Attributes found;
    private final FrameBuffer out;
    private final KeyReader keys;
    private final Painter painter;
    private final Thread hook;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean ours;

    /** Whether there are colours. */
    public enum Colours {
        SIXTEEN,
        NONE
    }

    private Console(Terminal terminal, Colours colours) throws IOException {
        this.terminal = terminal;
        this.found = terminal.getAttributes();
        this.out = new FrameBuffer(terminal.output());
        NonBlockingReader in = terminal.reader();
        this.keys = new KeyReader(waitMs -> waitMs == 0 ? next(in) : in.read(waitMs));
        this.hook = new Thread(this::leaveQuietly, "top-leave");
        Runtime.getRuntime().addShutdownHook(hook);
        enter();
        this.painter = new Painter(out, size(), colours);
    }

    /** Never in one long read: JLine could not close what reads, and the JVM would wait for a key before it ends. */
    private static int next(NonBlockingReader in) throws IOException {
        int c = in.read(READ_MS);
        while (c == NonBlockingReader.READ_EXPIRED) {
            c = in.read(READ_MS);
        }
        return c;
    }

    /** Takes the terminal. */
    public static Console open(Colours colours) throws IOException {
        Terminal terminal = TerminalBuilder.builder()
                .system(true)
                .dumb(false)
                .provider("jni")
                .encoding(StandardCharsets.UTF_8)
                .nativeSignals(false)
                .build();
        return new Console(terminal, colours);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Calls when the terminal has another size, or is ours again after a stop; from a thread of the JVM. */
    public void onChange(Runnable changed) {
        Signals.register("WINCH", changed);
        Signals.register("CONT", () -> {
            comeBack();
            changed.run();
        });
    }

    /** How large it is now. */
    public Size size() {
        org.jline.terminal.Size size = terminal.getSize();
        return new Size(Math.max(1, size.getColumns()), Math.max(1, size.getRows()));
    }

    /** Waits for a key; empty for what is none. */
    public Optional<String> readKey() throws IOException {
        return keys.next();
    }

    /** Shows a grid. */
    public void paint(Grid grid) throws IOException {
        painter.paint(grid);
    }

    /** The next grid is drawn whole. */
    public void forget() {
        painter.forget();
    }

    /** Puts a text into the clipboard, by OSC 52: it travels as base64, so nothing in it can do harm. */
    public void copy(String text) throws IOException {
        String cut = text.substring(0, Math.min(COPY_CHARS_MAX, text.length()));
        String coded = Base64.getEncoder().encodeToString(cut.getBytes(StandardCharsets.UTF_8));
        out.write(ascii("\u001b]52;c;" + coded + "\u0007"));
        out.flush();
    }

    /** Gives the terminal back and stops the process group, as Ctrl-Z does; returns when it goes on. */
    public void suspend() throws IOException, InterruptedException {
        leave();
        new ProcessBuilder(STOP).inheritIO().start().waitFor();
        comeBack();
        forget();
    }

    private void comeBack() {
        try {
            enter();
        } catch (IOException e) {
            // The terminal is gone; the reader of keys will find its end.
        }
    }

    private void enter() throws IOException {
        lock.lock();
        try {
            terminal.enterRawMode();
            Attributes raw = terminal.getAttributes();
            raw.setLocalFlag(LocalFlag.ISIG, false);
            terminal.setAttributes(raw);
            out.first(ENTER);
            ours = true;
        } finally {
            lock.unlock();
        }
    }

    private void leave() throws IOException {
        lock.lock();
        try {
            if (ours) {
                ours = false;
                out.last(LEAVE);
                terminal.setAttributes(found);
            }
        } finally {
            lock.unlock();
        }
    }

    private void leaveQuietly() {
        try {
            leave();
        } catch (IOException e) {
            // There is no terminal left to mend.
        }
    }

    @Override
    public void close() throws IOException {
        leave();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, the hook has run or does.
        }
        terminal.close();
    }
}
