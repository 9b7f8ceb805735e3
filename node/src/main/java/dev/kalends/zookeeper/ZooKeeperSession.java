package dev.kalends.zookeeper;

import dev.kalends.lease.CoordinationException;
import dev.kalends.lease.CoordinationTerms;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryNTimes;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;

/**
 * One session of ZooKeeper, from its beginning to its end.
 *
 * <p>Curator replaces a session that has expired by another without a word, and an entry made in that one would not be
 * ours to keep. So each request is checked against the number of the session, and a session that was replaced is over.
 */
final class ZooKeeperSession implements AutoCloseable {
    /** A request to ZooKeeper. */
    @FunctionalInterface
    interface Request<T> {
        // Curator's methods throw Exception itself.
        T send(CuratorFramework client) throws Exception;
    }

    private final CuratorFramework client;
    private final long id;
    private final int timeoutMs;

    private ZooKeeperSession(CuratorFramework client, long id, int timeoutMs) {
        this.client = client;
        this.id = id;
        this.timeoutMs = timeoutMs;
    }

    /** Connects; throws {@link CoordinationException} when no server answers in time. */
    static ZooKeeperSession connect(String servers, CoordinationTerms terms) {
        CuratorFramework client = CuratorFrameworkFactory.builder()
                .connectString(servers)
                .sessionTimeoutMs(Math.toIntExact(terms.ttlMs()))
                .connectionTimeoutMs(Math.toIntExact(terms.requestMs()))
                .retryPolicy(new RetryNTimes(0, 0))
                .build();
        boolean connected = false;
        try {
            client.start();
            if (!client.blockUntilConnected(Math.toIntExact(terms.requestMs()), TimeUnit.MILLISECONDS)) {
                throw new CoordinationException(
                        "ZooKeeper does not answer; servers=" + servers + " waitedMs=" + terms.requestMs());
            }
            ZooKeeper connection = client.getZookeeperClient().getZooKeeper();
            ZooKeeperSession session =
                    new ZooKeeperSession(client, connection.getSessionId(), connection.getSessionTimeout());
            connected = true;
            return session;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CoordinationException("interrupted while connecting to ZooKeeper; servers=" + servers, e);
        } catch (CoordinationException e) {
            throw e;
        } catch (Exception e) {
            throw new CoordinationException("ZooKeeper cannot be reached; servers=" + servers + " why=" + e, e);
        } finally {
            if (!connected) {
                client.close();
            }
        }
    }

    long id() {
        return id;
    }

    /** What the servers agreed to, which may be more or less than was asked for. */
    int timeoutMs() {
        return timeoutMs;
    }

    /** Sends a request in this very session; throws {@link CoordinationException} when that cannot be. */
    <T> T ask(String what, Request<T> request) {
        try {
            if (over()) {
                throw expired(what);
            }
            T answer = request.send(client);
            if (over()) {
                throw expired(what);
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CoordinationException("interrupted while waiting for ZooKeeper; request=" + what, e);
        } catch (CoordinationException e) {
            throw e;
        } catch (Exception e) {
            throw new CoordinationException("ZooKeeper refuses or does not answer; request=" + what + " why=" + e, e);
        }
    }

    private static CoordinationException expired(String what) {
        return new CoordinationException(
                "the session is over; request=" + what, new KeeperException.SessionExpiredException());
    }

    /** Whether Curator has replaced the session. */
    private boolean over() throws Exception {
        return client.getZookeeperClient().getZooKeeper().getSessionId() != id;
    }

    /** Tells of every change below a path until the session ends. */
    void watch(String path, Watcher watcher) {
        ask("watch", client -> {
            client.watchers()
                    .add()
                    .withMode(AddWatchMode.PERSISTENT_RECURSIVE)
                    .usingWatcher(watcher)
                    .forPath(path);
            return path;
        });
    }

    /** Ends the session, at the servers too when they can be reached. */
    @Override
    public void close() {
        client.close();
    }
}
