package dev.kalends.cli.chaos;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A link passes, holds and loses what it is told to. */
final class LinkTest {
    private static final int A_WHILE_MS = 300;
    private static final short FETCH = 1;
    private static final short END_TRANSACTION = 26;

    private ServerSocket door;
    private final AtomicInteger served = new AtomicInteger();

    @BeforeEach
    void serve() throws IOException {
        door = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket socket = door.accept();
                    Thread.ofVirtual().start(() -> answer(socket));
                }
            } catch (IOException e) {
                // closed
            }
        });
    }

    @AfterEach
    void close() throws IOException {
        door.close();
    }

    /** Answers each message with its correlation id, as a broker does. */
    private void answer(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            while (true) {
                byte[] message = in.readNBytes(in.readInt());
                served.incrementAndGet();
                out.writeInt(4);
                out.write(message, 4, 4);
            }
        } catch (IOException e) {
            // gone
        }
    }

    private Socket connect(Link link) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), link.port());
        socket.setSoTimeout(5_000);
        return socket;
    }

    private static void ask(Socket socket, short kind, int correlation) throws IOException {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeInt(8);
        out.writeShort(kind);
        out.writeShort(0);
        out.writeInt(correlation);
    }

    private static int answer(Socket socket, int timeoutMs) throws IOException {
        socket.setSoTimeout(timeoutMs);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        assertEquals(4, in.readInt());
        return in.readInt();
    }

    @Test
    void whatWasHeldUpArrivesWhenItIsHealed() throws Exception {
        try (Link link = new Link(door.getLocalPort(), Link.Protocol.BYTES);
                Socket socket = connect(link)) {
            ask(socket, FETCH, 1);
            assertEquals(1, answer(socket, 5_000));
            link.cut();
            ask(socket, FETCH, 2);
            assertThrows(SocketTimeoutException.class, () -> answer(socket, A_WHILE_MS));
            assertEquals(1, served.get(), "the request did not arrive");
            link.heal();
            assertEquals(2, answer(socket, 5_000));
        }
    }

    @Test
    void oneWayOnlyRequestsPass() throws Exception {
        try (Link link = new Link(door.getLocalPort(), Link.Protocol.KAFKA);
                Socket socket = connect(link)) {
            link.holdAnswers();
            ask(socket, FETCH, 1);
            assertThrows(SocketTimeoutException.class, () -> answer(socket, A_WHILE_MS));
            assertEquals(1, served.get(), "the request has arrived");
            link.heal();
            assertEquals(1, answer(socket, 5_000));
        }
    }

    @Test
    void losesTheAnswerToACommitAndTheConnectionWithIt() throws Exception {
        try (Link link = new Link(door.getLocalPort(), Link.Protocol.KAFKA)) {
            link.loseCommit();
            try (Socket socket = connect(link)) {
                ask(socket, FETCH, 7);
                assertEquals(7, answer(socket, 5_000), "other answers pass");
                ask(socket, END_TRANSACTION, 8);
                assertThrows(EOFException.class, () -> answer(socket, 5_000));
                assertEquals(2, served.get(), "the server has carried it out");
            }
            assertEquals(1, link.commitsLost());
            try (Socket socket = connect(link)) {
                ask(socket, END_TRANSACTION, 9);
                assertEquals(9, answer(socket, 5_000), "only as many as were asked for");
            }
        }
    }

    @Test
    void aServerThatIsNotThereClosesTheConnection() throws Exception {
        try (Socket taken = new Socket()) {
            // Bound, so that nobody else gets the port, the link neither; and it does not listen.
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (Link link = new Link(taken.getLocalPort(), Link.Protocol.BYTES);
                    Socket socket = connect(link)) {
                assertArrayEquals(new byte[0], socket.getInputStream().readAllBytes());
            }
        }
    }
}
