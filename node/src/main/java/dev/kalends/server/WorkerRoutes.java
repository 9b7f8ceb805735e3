package dev.kalends.server;

import dev.kalends.api.ClaimRequest;
import dev.kalends.api.RenewRequest;
import dev.kalends.api.ReportRequest;
import java.io.IOException;

/** The worker protocol over HTTP. */
final class WorkerRoutes {
    private static final int CLAIM_BYTES_MAX = 64 * 1024;
    /** A worker sends output along; it cuts its heartbeats and reports so that they fit. */
    private static final int BODY_BYTES_MAX = 16 * 1024 * 1024;

    private final WorkerEndpoint endpoint;

    WorkerRoutes(WorkerEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    Answer claim(Request request) throws IOException, InterruptedException {
        return Answer.ok(endpoint.claim(request.body(ClaimRequest.class, CLAIM_BYTES_MAX)));
    }

    Answer renew(Request request) throws IOException, InterruptedException {
        return Answer.ok(endpoint.renew(request.body(RenewRequest.class, BODY_BYTES_MAX)));
    }

    Answer report(Request request) throws IOException, InterruptedException {
        return Answer.ok(endpoint.report(request.body(ReportRequest.class, BODY_BYTES_MAX)));
    }
}
