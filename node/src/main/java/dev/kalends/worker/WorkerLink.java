package dev.kalends.worker;

import dev.kalends.api.ApiException;
import dev.kalends.api.ClaimAnswer;
import dev.kalends.api.ClaimRequest;
import dev.kalends.api.RenewAnswer;
import dev.kalends.api.RenewRequest;
import dev.kalends.api.ReportAnswer;
import dev.kalends.api.ReportRequest;

/**
 * The worker's port to the leaders: over HTTP, or straight into the node it lives in. Called from several threads.
 *
 * <p>Each method blocks, and throws {@link ApiException} when it is refused or nobody answers within a few seconds.
 */
public interface WorkerLink {
    /** Asks for work; may be held back for {@link ClaimRequest#waitMs()}. */
    ClaimAnswer claim(ClaimRequest request);

    /** Keeps leases. */
    RenewAnswer renew(RenewRequest request);

    /** Hands in finished attempts; safe to repeat. */
    ReportAnswer report(ReportRequest request);

    /** Ends a claim that is held back, where that can be done: the worker wants no more work. */
    void unpark(String worker);
}
