package dev.kalends.server;

import dev.kalends.api.TenantPage;
import dev.kalends.api.TenantView;
import dev.kalends.job.Limits;
import dev.kalends.job.Tenant;
import dev.kalends.journal.Counts;
import dev.kalends.partition.Command;
import dev.kalends.partition.Deed;
import dev.kalends.runtime.PartitionHandle;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Answers what is asked of tenants: list, set limits. */
final class TenantEndpoint {
    private static final int BODY_BYTES_MAX = 16 * 1024;
    private static final int RATE_MAX = 1_000_000;

    private final Services services;
    private final SubmitRates rates;

    TenantEndpoint(Services services, SubmitRates rates) {
        this.services = services;
        this.rates = rates;
    }

    /** {@code GET /v1/tenants}: those that the caller may see. */
    Answer list(Request request) {
        request.query().allow(Set.of());
        Optional<String> only = request.scope().principal().tenant();
        Map<String, TenantView> views = new TreeMap<>();
        views().forEach((name, view) -> {
            if (only.isEmpty() || only.get().equals(name)) {
                views.put(name, view);
            }
        });
        return Answer.ok(new TenantPage(services.asOf(), views.values().stream().toList()));
    }

    /** {@code PUT /v1/tenants/{tenant}}: all partitions learn the limits; the figures in the body are not looked at. */
    Answer set(Request request) throws IOException, InterruptedException {
        request.query().allow(Set.of());
        String name = request.parameter("tenant");
        NameText.check("tenant", name, Limits.TENANT_BYTES_MAX);
        TenantView asked = request.body(TenantView.class, BODY_BYTES_MAX);
        if (!Field.present("name", asked.name()).equals(name)) {
            throw Field.invalid("the address and the body name two tenants; name=" + Texts.excerpt(asked.name()));
        }
        Optional<Integer> rate = limit("submitsPerSec", asked.submitsPerSec());
        Optional<Integer> burst = limit("burst", asked.burst());
        if (burst.isPresent() && rate.isEmpty()) {
            throw Field.invalid("a burst needs a rate; submitsPerSec=null");
        }
        Tenant tenant = new Tenant(name, rate, burst);
        String requestId = request.requestId(name);
        for (PartitionHandle handle : services.partitions().all()) {
            Partitions.ask(handle, new Command.SetTenant(requestId, tenant));
        }
        rates.changed();
        String limits = rate.map(perSec -> perSec + "/s").orElse("unlimited");
        request.did("set", "tenant " + name, Deed.EVERY, limits);
        return Answer.ok(views().getOrDefault(name, view(tenant)));
    }

    private static Optional<Integer> limit(String field, @Nullable Integer value) {
        if (value != null && (value < 1 || value > RATE_MAX)) {
            throw Field.invalid(field + " is 1 to " + RATE_MAX + "; " + field + "=" + value);
        }
        return Optional.ofNullable(value);
    }

    private Map<String, TenantView> views() {
        Map<String, TenantView> views = new TreeMap<>();
        for (PartitionHandle handle : services.partitions().all()) {
            for (Tenant tenant : handle.reader().tenants()) {
                views.put(tenant.name(), view(tenant));
            }
        }
        for (PartitionHandle handle : services.partitions().all()) {
            for (Counts counts : handle.reader().counts()) {
                TenantView known = views.getOrDefault(
                        counts.tenant(), view(new Tenant(counts.tenant(), Optional.empty(), Optional.empty())));
                views.put(counts.tenant(), plus(known, counts));
            }
        }
        return views;
    }

    private static TenantView view(Tenant tenant) {
        return new TenantView(
                tenant.name(),
                tenant.submitsPerSec().orElse(null),
                tenant.burst().orElse(null),
                0L,
                0L,
                0L);
    }

    private static TenantView plus(TenantView view, Counts counts) {
        return new TenantView(
                view.name(),
                view.submitsPerSec(),
                view.burst(),
                sum(view.scheduled(), counts.scheduled()),
                sum(view.running(), counts.running()),
                sum(view.dead(), counts.dead()));
    }

    private static long sum(@Nullable Long known, long more) {
        return (known == null ? 0 : known) + more;
    }
}
