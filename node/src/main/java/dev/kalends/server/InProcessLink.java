package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.ClaimAnswer;
import dev.kalends.api.ClaimRequest;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.RenewAnswer;
import dev.kalends.api.RenewRequest;
import dev.kalends.api.ReportAnswer;
import dev.kalends.api.ReportRequest;
import dev.kalends.worker.WorkerLink;

/** The link of a worker in the node's own process: the same endpoint as over HTTP, without HTTP and JSON. */
public final class InProcessLink implements WorkerLink {
    private final WorkerEndpoint endpoint;

    public InProcessLink(WorkerEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public ClaimAnswer claim(ClaimRequest request) {
        return uninterrupted(() -> endpoint.claim(request));
    }

    @Override
    public RenewAnswer renew(RenewRequest request) {
        return uninterrupted(() -> endpoint.renew(request));
    }

    @Override
    public ReportAnswer report(ReportRequest request) {
        return uninterrupted(() -> endpoint.report(request));
    }

    @Override
    public void unpark(String worker) {
        endpoint.unpark(worker);
    }

    @FunctionalInterface
    private interface Call<T> {
        T run() throws InterruptedException;
    }

    private static <T> T uninterrupted(Call<T> call) {
        try {
            return call.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(ErrorCode.UNAVAILABLE, "the node is stopping; state=stopping", "");
        }
    }
}
