package dev.kalends.lease;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Coordination of a node that is alone on its data directory: a lock file makes it the only member, and a member owns
 * whatever it asks for.
 *
 * <p>The operating system ends the lock when the process ends, however that happens, and keeps it while the process is
 * frozen. So trust does not expire. The file names its last holder, for the one that is refused.
 */
public final class LocalCoordination implements Coordination {
    private static final int HOLDER_BYTES_MAX = 1024;

    private final Path lockFile;
    private final AtomicReference<Optional<Membership>> membership = new AtomicReference<>(Optional.empty());
    private final Set<Integer> owned = ConcurrentHashMap.newKeySet();

    private record Membership(Member self, FileChannel channel) {}

    /** Coordination by a file, which is made when it does not exist; its directory must. */
    public LocalCoordination(Path lockFile) {
        this.lockFile = lockFile;
    }

    @Override
    public synchronized void join(Member self) {
        if (membership.get().isPresent()) {
            throw new CoordinationException("already a member; lock=" + lockFile);
        }
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    lockFile, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new CoordinationException("the lock file cannot be opened; lock=" + lockFile, e);
        }
        try {
            if (!lock(channel)) {
                throw new CoordinationException(
                        "another node has this data directory; lock=" + lockFile + " holder=" + holder());
            }
            write(
                    channel,
                    self.id() + " " + self.url() + " pid "
                            + ProcessHandle.current().pid());
        } catch (IOException e) {
            closeQuietly(channel);
            throw new CoordinationException("the lock cannot be had; lock=" + lockFile, e);
        } catch (CoordinationException e) {
            closeQuietly(channel);
            throw e;
        }
        membership.set(Optional.of(new Membership(self, channel)));
    }

    @Override
    public List<Member> members() {
        return membership.get().map(Membership::self).stream().toList();
    }

    @Override
    public synchronized boolean tryOwn(int partition) {
        if (membership.get().isEmpty()) {
            throw new CoordinationException("not a member; partition=" + partition + " lock=" + lockFile);
        }
        owned.add(partition);
        return true;
    }

    @Override
    public void release(int partition) {
        owned.remove(partition);
    }

    @Override
    public Optional<Ownership> owner(int partition) {
        return membership
                .get()
                .filter(_ -> owned.contains(partition))
                .map(member -> new Ownership(partition, member.self(), Long.MAX_VALUE));
    }

    @Override
    public boolean trusted(int partition, long monotonicNowNs) {
        return owned.contains(partition);
    }

    @Override
    public synchronized void close() {
        owned.clear();
        membership.getAndSet(Optional.empty()).ifPresent(member -> closeQuietly(member.channel()));
    }

    /** Whether the lock could be had; a holder in this very process is a holder like any other. */
    private static boolean lock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static void write(FileChannel channel, String holder) throws IOException {
        channel.truncate(0);
        ByteBuffer bytes = ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Who wrote itself into the file; locks here are advisory, so it can be read. */
    private String holder() throws IOException {
        byte[] text = Files.readAllBytes(lockFile);
        return new String(text, 0, Math.min(text.length, HOLDER_BYTES_MAX), StandardCharsets.UTF_8);
    }

    /** Closing the channel ends the lock; a failure leaves nothing to do. */
    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // The descriptor is gone either way, and with it the lock.
        }
    }
}
