package dev.kalends.cli.oncall;

import dev.kalends.api.ApiException;
import dev.kalends.api.ChecksPage;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.PartitionView;
import dev.kalends.api.StatsView;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.Times;
import dev.kalends.client.NodeClient;
import dev.kalends.client.Tokens;
import dev.kalends.tui.text.Figures;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What is checked of the node that the settings name, and of the token that is shown to it. */
final class NodeChecks {
    private static final Set<PosixFilePermission> OWN =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final int BACKLOG = 1;
    private static final String CLUSTER = "cluster";

    private final Session session;
    private final NodeClient client;
    private final URI node;

    NodeChecks(Session session) {
        this.session = session;
        this.client = session.client();
        this.node = session.settings().target().nodes().getFirst();
    }

    /** What decides whether the node can be given work. */
    List<Check> ready() {
        List<Check> checks = new ArrayList<>();
        try {
            client.livez();
            checks.add(Check.ok("node", node + " answers"));
        } catch (ApiException e) {
            checks.add(Check.fail("node", e.message(), "start one: kalends node, or name it: --node URL"));
            return checks;
        }
        try {
            client.readyz();
            checks.add(Check.ok("ready", "it takes work"));
        } catch (ApiException e) {
            checks.add(Check.fail("ready", "it does not take work: " + e.message(), "see its log; it may be starting"));
        }
        return checks;
    }

    /** The port where a node would listen; asked only when none answers. */
    Check port() {
        int port = node.getPort() >= 0 ? node.getPort() : node.getScheme().equals("https") ? 443 : 80;
        if (!LOOPBACK.contains(node.getHost())) {
            return Check.ok("port", node.getHost() + " is another machine: not tried");
        }
        try (ServerSocket _ = new ServerSocket(port, BACKLOG, InetAddress.getByName(node.getHost()))) {
            return Check.ok("port", port + " is free");
        } catch (IOException e) {
            return Check.fail(
                    "port",
                    port + " cannot be listened on; reason=" + e.getMessage(),
                    "another program has it (ss -ltnp), or: kalends node --listen 127.0.0.1:PORT");
        }
    }

    Check token() throws IOException {
        Path file = session.settings()
                .target()
                .tokenFile()
                .orElseGet(() -> Tokens.directory(
                                session.surroundings().environment().valueByName())
                        .resolve(Tokens.fileName(
                                node.getHost(),
                                node.getPort() >= 0
                                        ? node.getPort()
                                        : node.getScheme().equals("https") ? 443 : 80)));
        if (!Files.exists(file)) {
            return Check.warn(
                    "token",
                    "there is none for this node; file=" + file,
                    "a node leaves it at its first start for its own user; others name one with --token-file");
        }
        if (!Files.isReadable(file)) {
            return Check.fail("token", "it cannot be read; file=" + file, "it belongs to the user of the node");
        }
        Set<PosixFilePermission> open = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        String mode = PosixFilePermissions.toString(open);
        open.removeAll(OWN);
        return open.isEmpty()
                ? Check.ok("token", file.toString())
                : Check.fail(
                        "token",
                        "others may use it; mode=" + mode + " file=" + file,
                        "chmod 600 " + file + ", and make a new one if this machine has other users");
    }

    /** What the node says of itself. */
    List<Check> figures() {
        List<Check> checks = new ArrayList<>();
        try {
            StatsView stats = client.stats();
            boolean cluster = CLUSTER.equals(stats.mode());
            checks.addAll(peers(stats));
            checks.add(ledger(stats.ledger()));
            checks.add(Check.ok(
                    "precision",
                    "fires are placed to " + stats.precision().tickMs() + " ms, loaded every "
                            + stats.precision().loadEveryMs() + " ms"));
            checks.add(partitions(client.partitionLeases().items()));
            if (cluster) {
                checks.add(ReplicaCheck.of(client.replicas()));
            }
        } catch (ApiException e) {
            String advice = e.code() == ErrorCode.UNAUTHORIZED || e.code() == ErrorCode.FORBIDDEN
                    ? "show another token: --token-file FILE"
                    : "ask again: kalends stats";
            checks.add(Check.fail("figures", e.code().word() + ": " + e.message(), advice));
        }
        return checks;
    }

    /**
     * The nodes' own checks, and the clock of the one that answers. A node that knows no such question yet has its
     * clock judged by its figures, which in a cluster are as old as its replicas.
     */
    private List<Check> peers(StatsView stats) {
        long beforeMs = session.nowMs();
        try {
            ChecksPage page = client.checks();
            List<Check> checks = new ArrayList<>();
            checks.add(MachineChecks.difference(Times.ofRfc3339(page.asOf()), beforeMs, session.nowMs()));
            checks.addAll(PeerChecks.of(page.items()));
            return checks;
        } catch (ApiException e) {
            if (e.code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
            return List.of(MachineChecks.difference(Times.ofRfc3339(stats.asOf()), beforeMs, session.nowMs()));
        }
    }

    private static Check ledger(StatsView.Ledger ledger) {
        String found = Figures.count(ledger.accounted()) + " of " + Figures.count(ledger.expected())
                + " fires are accounted for";
        return ledger.expected() == ledger.accounted()
                ? Check.ok("ledger", found)
                : Check.fail(
                        "ledger", found, "keep the data directory and report it: a fire was lost or counted twice");
    }

    static Check partitions(List<PartitionView> partitions) {
        long led = partitions.stream()
                .filter(partition -> partition.leader() != null)
                .filter(partition -> partition.leftMs() == null || partition.leftMs() > 0)
                .count();
        String found = led + " of " + partitions.size() + " partitions have a leader";
        return led == partitions.size() && led > 0
                ? Check.ok("leaders", found)
                : Check.fail("leaders", found, "see which: kalends leases --partitions; the node's log says why");
    }
}
