package dev.kalends.cli.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.cli.testing.DatagramInbox;
import dev.kalends.node.ServiceNotice;
import dev.kalends.server.NodeLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a supervisor hears on a real datagram socket. */
@Timeout(60)
final class ServiceNoticeTest {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final NodeLog log = (level, text) -> lines.add(level + " " + text);

    @Test
    void atAPath(@TempDir Path directory) throws IOException {
        String address = directory.resolve("notify").toString();
        try (DatagramInbox inbox = new DatagramInbox(address);
                ServiceNotice notice = new ServiceNotice(Map.of("NOTIFY_SOCKET", address), log)) {
            notice.ready("listens on http://127.0.0.1:7070");
            assertEquals("READY=1\nSTATUS=listens on http://127.0.0.1:7070", inbox.receive());
            notice.stopping();
            assertEquals("STOPPING=1", inbox.receive());
        }
        assertEquals(List.of(), lines);
    }

    @Test
    void inTheAbstractNamespace() throws IOException {
        String address = "@kalends-test-" + ProcessHandle.current().pid();
        try (DatagramInbox inbox = new DatagramInbox(address);
                ServiceNotice notice = new ServiceNotice(Map.of("NOTIFY_SOCKET", address), log)) {
            notice.ready("claims work");
            assertEquals("READY=1\nSTATUS=claims work", inbox.receive());
        }
    }

    @Test
    void signsOfLifeOnlyWhileAllMoves(@TempDir Path directory) throws Exception {
        String address = directory.resolve("notify").toString();
        Map<String, String> variables = Map.of(
                "NOTIFY_SOCKET",
                address,
                "WATCHDOG_USEC",
                "60000",
                "WATCHDOG_PID",
                Long.toString(ProcessHandle.current().pid()));
        AtomicReference<Optional<String>> stuck = new AtomicReference<>(Optional.empty());
        CountDownLatch looked = new CountDownLatch(3);
        try (DatagramInbox inbox = new DatagramInbox(address);
                ServiceNotice notice = new ServiceNotice(variables, log)) {
            notice.watch(() -> {
                Optional<String> now = Objects.requireNonNull(stuck.get());
                now.ifPresent(_ -> looked.countDown());
                return now;
            });
            assertEquals("WATCHDOG=1", inbox.receive());
            assertEquals("WATCHDOG=1", inbox.receive());
            stuck.set(Optional.of("the timer stands still; partition=0"));
            looked.await();
            notice.ready("marks the place");
            String next = inbox.receiveNews();
            assertTrue(next.startsWith("READY=1"), next);
            assertTrue(lines.contains("WARN no sign of life: the timer stands still; partition=0"), lines.toString());
            stuck.set(Optional.empty());
            assertEquals("WATCHDOG=1", inbox.receive());
        }
    }

    @Test
    void nothingIsSaidToNobody() {
        try (ServiceNotice notice = new ServiceNotice(Map.of(), log)) {
            notice.ready("alone");
            notice.watch(Optional::empty);
            notice.stopping();
        }
        assertEquals(List.of(), lines);
    }

    @Test
    void aSupervisorThatIsGoneIsToldOfOnce(@TempDir Path directory) {
        String address = directory.resolve("nobody").toString();
        try (ServiceNotice notice = new ServiceNotice(Map.of("NOTIFY_SOCKET", address), log)) {
            notice.ready("here");
            notice.stopping();
        }
        assertEquals(
                List.of("WARN the supervisor does not listen: nobody takes it; address=" + address + " errno=2"),
                lines);
    }

    @Test
    void theWatchdogOfAnotherProcessIsNotOurs(@TempDir Path directory) throws IOException {
        String address = directory.resolve("notify").toString();
        Map<String, String> variables = Map.of("NOTIFY_SOCKET", address, "WATCHDOG_USEC", "60000", "WATCHDOG_PID", "1");
        try (DatagramInbox inbox = new DatagramInbox(address);
                ServiceNotice notice = new ServiceNotice(variables, log)) {
            notice.watch(Optional::empty);
            notice.stopping();
            assertEquals("STOPPING=1", inbox.receive());
        }
    }
}
