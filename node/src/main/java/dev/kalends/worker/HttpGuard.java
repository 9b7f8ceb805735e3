package dev.kalends.worker;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Closes a call's socket when its time is over or it is told to stop: whoever reads from it then fails at once. */
final class HttpGuard implements AutoCloseable {
    private final AtomicReference<Socket> open = new AtomicReference<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread timer;
    private final StopSignal stop;
    private volatile boolean timedOut;

    HttpGuard(StopSignal stop, Duration timeout) {
        this.stop = stop;
        this.timer = Thread.ofVirtual().name("http-timeout").start(() -> {
            try {
                if (!over.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                    timedOut = true;
                    cut();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        stop.onRaise(this::cut);
    }

    /** Where the connection in use is kept. */
    AtomicReference<Socket> open() {
        return open;
    }

    boolean timedOut() {
        return timedOut;
    }

    /** Fails if the call should not go on: a socket that was opened after the cut was not closed by it. */
    void check() throws IOException {
        if (timedOut || stop.reason() != StopSignal.Reason.NONE) {
            throw new IOException("stopped");
        }
    }

    private void cut() {
        Socket socket = open.get();
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                // It is closed, or it was never open.
            }
        }
    }

    @Override
    public void close() {
        over.countDown();
        timer.interrupt();
        cut();
    }
}
