package dev.kalends.lease;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Coordination of a node that is alone: it is the only member, and owns whatever it asks for.
 *
 * <p>Whoever makes one holds the lock of the data directory for as long as it is in use: that lock is the exclusive
 * right. The operating system ends it when the process ends, however that happens, and keeps it while the process is
 * frozen. So trust does not expire, and there is nothing to renew.
 */
public final class LocalCoordination implements Coordination {
    private final Set<Integer> owned = ConcurrentHashMap.newKeySet();
    private volatile Optional<Member> self = Optional.empty();
    private volatile Fitness fitness = Fitness.ALL;

    @Override
    public synchronized void join(Member member) {
        if (self.isPresent()) {
            throw new CoordinationException(
                    "already a member; member=" + self.get().id());
        }
        self = Optional.of(member);
    }

    /** Nobody else is there to hear it. */
    @Override
    public void declare(Fitness now) {
        fitness = now;
    }

    @Override
    public Overview look() {
        Optional<Member> member = self;
        Map<Integer, String> ownerByPartition = new HashMap<>();
        member.ifPresent(owner -> owned.forEach(partition -> ownerByPartition.put(partition, owner.id())));
        return new Overview(
                member.stream().map(alone -> new Standing(alone, 0, fitness)).toList(), ownerByPartition);
    }

    /** Nobody else changes anything. */
    @Override
    public void whenChanged(Runnable hint) {}

    @Override
    public synchronized boolean tryOwn(int partition) {
        if (self.isEmpty()) {
            throw new CoordinationException("not a member; partition=" + partition);
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
        return self.filter(_ -> owned.contains(partition))
                .map(member -> new Ownership(partition, member, Long.MAX_VALUE));
    }

    @Override
    public boolean trusted(int partition, long monotonicNowNs) {
        return owned.contains(partition);
    }

    @Override
    public long confirmedAgoMs(int partition, long monotonicNowNs) {
        return 0;
    }

    @Override
    public synchronized void close() {
        owned.clear();
        self = Optional.empty();
    }
}
