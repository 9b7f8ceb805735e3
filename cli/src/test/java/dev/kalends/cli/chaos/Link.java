package dev.kalends.cli.chaos;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The way of one node to one server: a port of its own that leads there and can be cut, both ways or one, like a
 * network, not like a connection that is closed; what was held up arrives when it is healed. Of Kafka's protocol it
 * knows where a message ends and which request ends a transaction, so that it can lose that one's answer.
 */
final class Link implements Way, AutoCloseable {
    private static final int BUFFER_BYTES = 16_384;
    private static final int MESSAGE_BYTES_MAX = 128 * 1024 * 1024;
    /** The number of Kafka's request EndTxn. */
    private static final int END_TRANSACTION = 26;

    private final ServerSocket door;
    private final int target;
    private final Protocol protocol;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Gate requests = new Gate();
    private final Gate answers = new Gate();
    private final AtomicInteger commitsToLose = new AtomicInteger();
    private final AtomicInteger commitsLost = new AtomicInteger();

    /** What passes. */
    enum Protocol {
        BYTES,
        KAFKA
    }

    Link(int target, Protocol protocol) throws IOException {
        this(0, target, protocol);
    }

    Link(int port, int target, Protocol protocol) throws IOException {
        this.target = target;
        this.protocol = protocol;
        this.door = new ServerSocket(port, 64, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name("link").start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    @Override
    public void cut() {
        requests.shut(true);
        answers.shut(true);
    }

    @Override
    public void holdAnswers() {
        answers.shut(true);
    }

    @Override
    public void heal() {
        requests.shut(false);
        answers.shut(false);
    }

    /** The next answer to the end of a transaction is lost, and the connection with it. */
    void loseCommit() {
        commitsToLose.incrementAndGet();
    }

    int commitsLost() {
        return commitsLost.get();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                sockets.add(client);
                Thread.ofVirtual().start(() -> join(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void join(Socket client) {
        Socket server = new Socket();
        sockets.add(server);
        try {
            requests.pass();
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            Set<Integer> commits = ConcurrentHashMap.newKeySet();
            Thread.ofVirtual().start(() -> {
                try {
                    carry(client, server, commits, Direction.THERE);
                } finally {
                    shut(client, server);
                }
            });
            carry(server, client, commits, Direction.BACK);
        } catch (IOException e) {
            // The server is not there: the client sees its connection closed.
        } finally {
            shut(client, server);
        }
    }

    private enum Direction {
        THERE,
        BACK
    }

    private void carry(Socket from, Socket to, Set<Integer> commits, Direction way) {
        Gate gate = way == Direction.THERE ? requests : answers;
        try {
            if (protocol == Protocol.KAFKA) {
                carryMessages(from, to, commits, way);
                return;
            }
            byte[] buffer = new byte[BUFFER_BYTES];
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                gate.pass();
                out.write(buffer, 0, n);
            }
            gate.pass();
        } catch (IOException e) {
            // One side is gone: so is the other.
        }
    }

    private void carryMessages(Socket from, Socket to, Set<Integer> commits, Direction way) throws IOException {
        Gate gate = way == Direction.THERE ? requests : answers;
        DataInputStream in = new DataInputStream(new BufferedInputStream(from.getInputStream(), BUFFER_BYTES));
        OutputStream out = to.getOutputStream();
        while (true) {
            int length;
            try {
                length = in.readInt();
            } catch (EOFException e) {
                gate.pass();
                return;
            }
            if (length < 4 || length > MESSAGE_BYTES_MAX) {
                throw new IOException("not a message; bytes=" + length);
            }
            ByteBuffer message = ByteBuffer.allocate(4 + length).putInt(length);
            in.readFully(message.array(), 4, length);
            gate.pass();
            if (way == Direction.THERE && message.getShort(4) == END_TRANSACTION) {
                commits.add(message.getInt(8));
            } else if (way == Direction.BACK && commits.remove(message.getInt(4)) && loses()) {
                return;
            }
            out.write(message.array());
        }
    }

    private boolean loses() {
        if (commitsToLose.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
            return false;
        }
        commitsLost.incrementAndGet();
        return true;
    }

    private void shut(Socket... pair) {
        for (Socket socket : pair) {
            sockets.remove(socket);
            try {
                socket.close();
            } catch (IOException e) {
                // It is gone either way.
            }
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
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
