package dev.kalends.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kalends.job.JobId;
import dev.kalends.lease.CoordinationException;
import dev.kalends.lease.CoordinationTerms;
import dev.kalends.lease.LeaseService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.data.Stat;

/**
 * Sessions of ZooKeeper as leases. A session that was granted as a lease is never granted again: a new lease is a new
 * session.
 *
 * <p>A renewal is a write, to a node of its own that nobody watches: a read could be answered by a server that has lost
 * the others, while they let the session expire. That a node is there says nothing; whose session made it does.
 */
final class ZooKeeperLeases implements LeaseService {
    private final String servers;
    private final String root;
    private final CoordinationTerms terms;

    private volatile Runnable hint = () -> {};
    private volatile Optional<ZooKeeperSession> current = Optional.empty();
    private volatile Optional<ZooKeeperSession> lease = Optional.empty();
    private volatile boolean closed;

    ZooKeeperLeases(String servers, String cluster, CoordinationTerms terms) {
        this.servers = servers;
        this.root = "/kalends/" + cluster;
        this.terms = terms;
    }

    @Override
    public synchronized Grant grant(long ttlMs) {
        if (lease.isPresent()) {
            disconnect();
        }
        ZooKeeperSession session = connected();
        lease = Optional.of(session);
        return new Grant(session.id(), session.timeoutMs());
    }

    @Override
    public OptionalLong renew(long number) {
        Optional<ZooKeeperSession> session = lease.filter(held -> held.id() == number);
        if (session.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            session.get().ask("renew", client -> client.setData().forPath(pulse(number), new byte[0]));
            return OptionalLong.of(session.get().timeoutMs());
        } catch (CoordinationException e) {
            if (e.getCause() instanceof KeeperException.SessionExpiredException
                    || e.getCause() instanceof KeeperException.NoNodeException) {
                return OptionalLong.empty();
            }
            throw e;
        }
    }

    @Override
    public boolean enter(long number, String id, String text) {
        ZooKeeperSession session = held(number);
        return create(session, pulse(number), "") && create(session, root + "/members/" + id, text);
    }

    @Override
    public void describe(long number, String id, String text) {
        held(number).ask("describe", client -> client.setData().forPath(root + "/members/" + id, text.getBytes(UTF_8)));
    }

    @Override
    public boolean take(long number, int partition, String id) {
        return create(held(number), partition(partition), id);
    }

    @Override
    public void giveBack(long number, int partition) {
        String path = partition(partition);
        held(number).ask("give back", client -> {
            Stat stat = client.checkExists().forPath(path);
            if (stat != null && stat.getEphemeralOwner() == number) {
                delete(client, path);
            }
            return path;
        });
    }

    /** Nobody else can have made the node anew in between: as long as our session lives, it is there and ours. */
    private static void delete(CuratorFramework client, String path) throws Exception {
        try {
            client.delete().forPath(path);
        } catch (KeeperException.NoNodeException e) {
            // It is what we want.
            return;
        }
    }

    /** True also when the node is there already, of this very session. */
    private static boolean create(ZooKeeperSession session, String path, String text) {
        return session.ask("take", client -> {
            try {
                client.create()
                        .creatingParentsIfNeeded()
                        .withMode(CreateMode.EPHEMERAL)
                        .forPath(path, text.getBytes(UTF_8));
            } catch (KeeperException.NodeExistsException e) {
                // Whose it is says the check below, as for a node that was made just now.
            }
            Stat stat = client.checkExists().forPath(path);
            return stat != null && stat.getEphemeralOwner() == session.id();
        });
    }

    @Override
    public Entries read() {
        ZooKeeperSession session = connected();
        List<MemberEntry> members = new ArrayList<>();
        for (Entry entry : entries(session, "/members")) {
            members.add(new MemberEntry(entry.name(), entry.session(), entry.text()));
        }
        List<PartitionEntry> partitions = new ArrayList<>();
        for (Entry entry : entries(session, "/partitions")) {
            if (entry.name().matches("\\d{1,4}") && Integer.parseInt(entry.name()) < JobId.PARTITIONS_MAX) {
                partitions.add(new PartitionEntry(Integer.parseInt(entry.name()), entry.session(), entry.text()));
            }
        }
        return new Entries(members, partitions);
    }

    private record Entry(String name, long session, String text) {}

    private List<Entry> entries(ZooKeeperSession session, String kind) {
        List<Entry> entries = new ArrayList<>();
        for (String name : session.ask("look", client -> children(client, root + kind))) {
            session.ask("look", client -> entry(client, root + kind + "/" + name))
                    .ifPresent(entries::add);
        }
        return entries;
    }

    private static List<String> children(CuratorFramework client, String path) throws Exception {
        try {
            return client.getChildren().forPath(path).stream().sorted().toList();
        } catch (KeeperException.NoNodeException e) {
            return List.of();
        }
    }

    private static Optional<Entry> entry(CuratorFramework client, String path) throws Exception {
        Stat stat = new Stat();
        try {
            byte[] data = client.getData().storingStatIn(stat).forPath(path);
            String name = path.substring(path.lastIndexOf('/') + 1);
            return Optional.of(new Entry(name, stat.getEphemeralOwner(), new String(data, UTF_8)));
        } catch (KeeperException.NoNodeException e) {
            return Optional.empty();
        }
    }

    @Override
    public synchronized void revoke(long number) {
        if (lease.filter(held -> held.id() == number).isPresent()) {
            disconnect();
        }
    }

    @Override
    public void watch(Runnable listener) {
        hint = listener;
    }

    @Override
    public synchronized void close() {
        closed = true;
        disconnect();
    }

    /** The session to ask in; the one that is the lease, while there is one. */
    private synchronized ZooKeeperSession connected() {
        if (closed) {
            throw new CoordinationException("the coordination is closed; servers=" + servers);
        }
        if (current.isEmpty()) {
            ZooKeeperSession session = ZooKeeperSession.connect(servers, terms);
            try {
                session.watch(root, this::changed);
            } catch (CoordinationException e) {
                session.close();
                throw e;
            }
            current = Optional.of(session);
        }
        return current.get();
    }

    /** The pulses of all members pass here too, and are no news. */
    private void changed(WatchedEvent event) {
        String path = event.getPath();
        if (path == null || !path.startsWith(root + "/pulse")) {
            hint.run();
        }
    }

    private void disconnect() {
        Optional<ZooKeeperSession> session = current;
        current = Optional.empty();
        lease = Optional.empty();
        session.ifPresent(ZooKeeperSession::close);
    }

    private ZooKeeperSession held(long number) {
        return lease.filter(session -> session.id() == number)
                .orElseThrow(() -> new CoordinationException("the session is over; lease=" + Long.toHexString(number)));
    }

    private String pulse(long number) {
        return root + "/pulse/" + Long.toHexString(number);
    }

    private String partition(int partition) {
        return root + "/partitions/" + partition;
    }
}
