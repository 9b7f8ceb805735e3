package dev.kalends.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A port of the loopback that leads to another, and can hold up what passes, in both directions or one: like a network
 * that is cut, not like a connection that is closed. What was held up arrives when it is healed.
 */
public final class TcpProxy implements AutoCloseable {
    private static final int BUFFER_BYTES = 16_384;

    private final ServerSocket door;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Gate requests = new Gate();
    private final Gate answers = new Gate();

    public TcpProxy(int target) {
        this.target = target;
        try {
            this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /** Nothing passes. */
    public void cut() {
        requests.shut(true);
        answers.shut(true);
    }

    /** Only requests pass. */
    public void holdAnswers() {
        answers.shut(true);
    }

    /** Everything passes. */
    public void heal() {
        requests.shut(false);
        answers.shut(false);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                sockets.add(client);
                Socket server = new Socket();
                sockets.add(server);
                Thread.ofVirtual().start(() -> join(client, server));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void join(Socket client, Socket server) {
        try {
            requests.pass();
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            Thread.ofVirtual().start(() -> pump(client, server, requests));
            pump(server, client, answers);
        } catch (IOException e) {
            shut(client, server);
        }
    }

    private void pump(Socket from, Socket to, Gate gate) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                gate.pass();
                out.write(buffer, 0, n);
            }
            gate.pass();
        } catch (IOException e) {
            // One side is gone: so is the other.
        } finally {
            shut(from, to);
        }
    }

    private void shut(Socket... pair) {
        for (Socket socket : pair) {
            sockets.remove(socket);
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        heal();
        shut(sockets.toArray(Socket[]::new));
    }

    private static final class Gate {
        private boolean shut;

        synchronized void shut(boolean now) {
            shut = now;
            notifyAll();
        }

        synchronized void pass() throws IOException {
            while (shut) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        }
    }
}
