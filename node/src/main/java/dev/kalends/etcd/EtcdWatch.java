package dev.kalends.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchResponse;
import java.util.Optional;

/**
 * A watch on all keys that says only that something changed. It may end for good, and in silence: whoever reads the
 * keys opens it again when it is known to have ended, and must read them from time to time without a hint.
 */
final class EtcdWatch {
    private final Client client;
    private final ByteSequence prefix;
    private volatile Runnable hint = () -> {};
    private Optional<Watch.Watcher> watcher = Optional.empty();
    private boolean closed;

    EtcdWatch(Client client, ByteSequence prefix) {
        this.client = client;
        this.prefix = prefix;
    }

    void tell(Runnable listener) {
        hint = listener;
    }

    /** Begins to watch unless that is going on. */
    synchronized void open() {
        if (closed || watcher.isPresent()) {
            return;
        }
        watcher = Optional.of(client.getWatchClient()
                .watch(prefix, WatchOption.builder().isPrefix(true).build(), new Ear()));
    }

    synchronized void close() {
        closed = true;
        watcher.ifPresent(Watch.Watcher::close);
        watcher = Optional.empty();
    }

    private synchronized void ended(Ear ear) {
        if (ear.ended) {
            return;
        }
        ear.ended = true;
        watcher.ifPresent(Watch.Watcher::close);
        watcher = Optional.empty();
    }

    private final class Ear implements Watch.Listener {
        private boolean ended;

        @Override
        public void onNext(WatchResponse response) {
            hint.run();
        }

        /** Not always the end, but never a loss: the next look opens another. */
        @Override
        public void onError(Throwable throwable) {
            ended(this);
            hint.run();
        }

        @Override
        public void onCompleted() {
            ended(this);
            hint.run();
        }
    }
}
