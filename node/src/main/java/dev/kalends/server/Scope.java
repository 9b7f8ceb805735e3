package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.job.JobName;
import dev.kalends.job.Limits;
import java.util.Optional;

/**
 * For which tenant a request asks.
 *
 * @param tenant empty = every tenant, in reads of whoever may act for any
 */
record Scope(Optional<String> tenant, Principal principal) {
    /** Name of the header that names the tenant. */
    static final String HEADER = "X-Kalends-Tenant";

    private static final String EVERY = "*";

    /** The scope that a principal asks for; {@code forbidden} when it may not. */
    static Scope of(Principal principal, Optional<String> header) {
        Optional<String> wanted = header.filter(text -> !text.isEmpty());
        if (principal.tenant().isPresent()) {
            String own = principal.tenant().get();
            if (wanted.isPresent() && !wanted.get().equals(own)) {
                throw foreign(own);
            }
            return new Scope(Optional.of(own), principal);
        }
        if (wanted.isPresent() && wanted.get().equals(EVERY)) {
            return new Scope(Optional.empty(), principal);
        }
        String tenant = wanted.orElse(JobName.DEFAULT_TENANT);
        NameText.check("tenant", tenant, Limits.TENANT_BYTES_MAX);
        return new Scope(Optional.of(tenant), principal);
    }

    /** Whether something of a tenant may be seen. */
    boolean sees(String owner) {
        return tenant.map(owner::equals).orElse(true);
    }

    /** The one tenant for which something is changed. */
    String one() {
        return tenant.orElseThrow(() -> new ApiException(
                ErrorCode.INVALID,
                "a change is for one tenant; tenant=*",
                "name the tenant: -T NAME, or the header " + HEADER));
    }

    /** The tenant of a submitted job that names one itself; null or empty names none. */
    String ofJob(Optional<String> named) {
        if (named.isEmpty()) {
            return one();
        }
        NameText.check("tenant", named.get(), Limits.TENANT_BYTES_MAX);
        if (principal.tenant().isPresent() && !principal.tenant().get().equals(named.get())) {
            throw foreign(principal.tenant().get());
        }
        return named.get();
    }

    private static ApiException foreign(String own) {
        return new ApiException(
                ErrorCode.FORBIDDEN, "this token is for one tenant only; tenant=" + own, "leave the tenant out");
    }
}
