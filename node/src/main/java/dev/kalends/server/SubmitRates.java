package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.job.Tenant;
import dev.kalends.runtime.Meters;
import dev.kalends.runtime.PartitionHandle;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Holds each tenant to its submission rate; what one tenant takes is no other's loss. */
final class SubmitRates {
    /** How long limits are used before they are read again, in milliseconds. */
    static final long LIMITS_KEPT_MS = 1_000;

    private static final int BUCKETS_MAX = 10_000;

    private final Services services;
    private final Map<String, TokenBucket> bucketByTenant = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
            return size() > BUCKETS_MAX;
        }
    };
    private Map<String, Tenant> limitsByTenant = Map.of();
    private boolean read;
    private long readNs;

    SubmitRates(Services services) {
        this.services = services;
    }

    /** Takes jobs off a tenant's rate, or throws {@code throttled} with when to come again. */
    void take(String tenant, int jobs) {
        long waitNs = ask(tenant, jobs, Debt.REFUSE);
        if (waitNs > 0) {
            services.meters().count(Meters.Counter.THROTTLED, jobs);
            long waitMs = Math.ceilDiv(waitNs, 1_000_000L);
            throw new ApiException(
                    ErrorCode.THROTTLED,
                    "tenant " + tenant + " submits faster than it may; retryAfterMs=" + waitMs,
                    "try again in a moment; an operator sets rates: kalends tenants set " + tenant,
                    waitMs);
        }
    }

    /** Takes jobs off a tenant's rate in any case, and says for how many nanoseconds to hold them back. */
    long borrow(String tenant, int jobs) {
        return ask(tenant, jobs, Debt.ALLOW);
    }

    /** Reads the limits anew with the next request. */
    synchronized void changed() {
        read = false;
    }

    private enum Debt {
        REFUSE,
        ALLOW
    }

    private synchronized long ask(String tenant, int jobs, Debt debt) {
        long nowNs = services.clocks().monotonic().nowNs();
        refresh(nowNs);
        Tenant limits = limitsByTenant.get(tenant);
        if (limits == null || limits.submitsPerSec().isEmpty()) {
            bucketByTenant.remove(tenant);
            return 0;
        }
        double rate = limits.submitsPerSec().get();
        double burst = limits.burst().orElse(limits.submitsPerSec().get());
        TokenBucket bucket = bucketByTenant.computeIfAbsent(tenant, _ -> new TokenBucket(rate, burst, nowNs));
        bucket.limit(rate, burst, nowNs);
        return switch (debt) {
            case REFUSE -> bucket.take(jobs, nowNs);
            case ALLOW -> bucket.borrow(jobs, nowNs);
        };
    }

    private void refresh(long nowNs) {
        if (read && nowNs - readNs < TimeUnit.MILLISECONDS.toNanos(LIMITS_KEPT_MS)) {
            return;
        }
        limits().ifPresent(limits -> limitsByTenant = limits);
        read = true;
        readNs = nowNs;
    }

    /** All partitions are told the limits: those that are read here say them; else the first one that answers. */
    private Optional<Map<String, Tenant>> limits() {
        List<PartitionHandle> here = services.partitions().all().stream()
                .filter(PartitionHandle::isReadHere)
                .toList();
        if (!here.isEmpty()) {
            Map<String, Tenant> limits = new HashMap<>();
            here.forEach(handle -> handle.reader().tenants().forEach(tenant -> limits.put(tenant.name(), tenant)));
            return Optional.of(limits);
        }
        for (PartitionHandle handle : services.partitions().all()) {
            try {
                Map<String, Tenant> limits = new HashMap<>();
                handle.reader().tenants().forEach(tenant -> limits.put(tenant.name(), tenant));
                return Optional.of(limits);
            } catch (ApiException e) {
                // Another partition knows them too; when none answers, those that were read last hold on.
            }
        }
        return Optional.empty();
    }
}
