package dev.kalends.etcd;

import dev.kalends.lease.CoordinationException;
import dev.kalends.lease.LeaseService;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.common.exception.ErrorCode;
import io.etcd.jetcd.common.exception.EtcdException;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Leases of etcd. Keys are made if absent, in one transaction each, and are attached to the lease; etcd removes all
 * keys of a lease in one revision.
 *
 * <p>A request that is not answered in time has failed for us, whatever jetcd goes on to do with it: it may repeat it,
 * and it may take effect later. All requests here may be repeated, so that is no harm while the lease lives, and after
 * it etcd refuses them.
 */
final class EtcdLeases implements LeaseService {
    private final EtcdKeys keys;
    private final long requestMs;
    private final Client client;
    private final EtcdWatch watch;

    EtcdLeases(List<String> endpoints, String cluster, long requestMs) {
        this.keys = new EtcdKeys(cluster);
        this.requestMs = requestMs;
        Duration request = Duration.ofMillis(requestMs);
        this.client = Client.builder()
                .endpoints(endpoints.toArray(String[]::new))
                .connectTimeout(request)
                .retryDelay(50)
                .retryMaxDelay(Math.max(100, requestMs / 4))
                .retryMaxDuration(request)
                .build();
        this.watch = new EtcdWatch(client, keys.all());
    }

    /**
     * Waits as long as the answer can be of use: this is the first request, and opening the connection takes a
     * second.
     */
    @Override
    public Grant grant(long ttlMs) {
        long seconds = Math.max(1, Math.ceilDiv(ttlMs, 1_000));
        var granted = answer("grant", ttlMs, () -> client.getLeaseClient().grant(seconds));
        return new Grant(granted.getID(), TimeUnit.SECONDS.toMillis(granted.getTTL()));
    }

    @Override
    public OptionalLong renew(long lease) {
        try {
            long seconds = answer("renew", () -> client.getLeaseClient().keepAliveOnce(lease))
                    .getTTL();
            return seconds > 0 ? OptionalLong.of(TimeUnit.SECONDS.toMillis(seconds)) : OptionalLong.empty();
        } catch (CoordinationException e) {
            if (e.getCause() instanceof EtcdException etcd && etcd.getErrorCode() == ErrorCode.NOT_FOUND) {
                return OptionalLong.empty();
            }
            throw e;
        }
    }

    @Override
    public boolean enter(long lease, String id, String text) {
        return putIfAbsent(lease, keys.member(id), text);
    }

    @Override
    public void describe(long lease, String id, String text) {
        answer("describe", () -> client.getKVClient().put(keys.member(id), bytes(text), under(lease)));
    }

    @Override
    public boolean take(long lease, int partition, String id) {
        return putIfAbsent(lease, keys.partition(partition), id);
    }

    /** True also when the key is there already, under this very lease. */
    private boolean putIfAbsent(long lease, ByteSequence key, String value) {
        TxnResponse done = answer(
                "take",
                () -> client.getKVClient()
                        .txn()
                        .If(new Cmp(key, Cmp.Op.EQUAL, CmpTarget.createRevision(0)))
                        .Then(Op.put(key, bytes(value), under(lease)))
                        .Else(Op.get(key, GetOption.DEFAULT))
                        .commit());
        return done.isSucceeded()
                || done.getGetResponses().getFirst().getKvs().stream().anyMatch(there -> there.getLease() == lease);
    }

    @Override
    public void giveBack(long lease, int partition) {
        ByteSequence key = keys.partition(partition);
        List<KeyValue> there =
                answer("look", () -> client.getKVClient().get(key)).getKvs();
        if (there.isEmpty() || there.getFirst().getLease() != lease) {
            return;
        }
        answer(
                "give back",
                () -> client.getKVClient()
                        .txn()
                        .If(new Cmp(
                                key,
                                Cmp.Op.EQUAL,
                                CmpTarget.modRevision(there.getFirst().getModRevision())))
                        .Then(Op.delete(key, DeleteOption.DEFAULT))
                        .commit());
    }

    @Override
    public Entries read() {
        watch.open();
        GetOption all = GetOption.builder().isPrefix(true).build();
        List<MemberEntry> members = new ArrayList<>();
        List<PartitionEntry> partitions = new ArrayList<>();
        for (KeyValue entry :
                answer("look", () -> client.getKVClient().get(keys.all(), all)).getKvs()) {
            String value = entry.getValue().toString(StandardCharsets.UTF_8);
            Optional<String> id = keys.memberOf(entry.getKey());
            id.ifPresent(member -> members.add(new MemberEntry(member, entry.getLease(), value)));
            keys.partitionOf(entry.getKey())
                    .ifPresent(partition -> partitions.add(new PartitionEntry(partition, entry.getLease(), value)));
        }
        return new Entries(members, partitions);
    }

    @Override
    public void revoke(long lease) {
        answer("revoke", () -> client.getLeaseClient().revoke(lease));
    }

    @Override
    public void watch(Runnable hint) {
        watch.tell(hint);
    }

    @Override
    public void close() {
        watch.close();
        client.close();
    }

    private static PutOption under(long lease) {
        return PutOption.builder().withLeaseId(lease).build();
    }

    private static ByteSequence bytes(String text) {
        return ByteSequence.from(text, StandardCharsets.UTF_8);
    }

    private <T> T answer(String what, Supplier<CompletableFuture<T>> request) {
        return answer(what, requestMs, request);
    }

    private static <T> T answer(String what, long waitMs, Supplier<CompletableFuture<T>> request) {
        try {
            return request.get().get(waitMs, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable why = Optional.ofNullable(e.getCause()).orElse(e);
            throw new CoordinationException("etcd refuses; request=" + what + " why=" + why, why);
        } catch (TimeoutException e) {
            throw new CoordinationException("etcd does not answer; request=" + what + " waitedMs=" + waitMs, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CoordinationException("interrupted while waiting for etcd; request=" + what, e);
        } catch (RuntimeException e) {
            // jetcd throws what belongs into the future when its client is closed.
            throw new CoordinationException("etcd cannot be asked; request=" + what + " why=" + e, e);
        }
    }
}
