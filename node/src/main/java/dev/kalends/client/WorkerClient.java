package dev.kalends.client;

import dev.kalends.api.ClaimAnswer;
import dev.kalends.api.ClaimRequest;
import dev.kalends.api.Json;
import dev.kalends.api.RenewAnswer;
import dev.kalends.api.RenewRequest;
import dev.kalends.api.ReportAnswer;
import dev.kalends.api.ReportRequest;
import java.util.Optional;

/**
 * The worker protocol over HTTP. Blocks; nothing is repeated here: the worker's loops know how long a lease can wait.
 */
public final class WorkerClient {
    private final Transport transport;

    public WorkerClient(ClientSettings settings) {
        this.transport = new Transport(settings);
    }

    public ClaimAnswer claim(ClaimRequest request) {
        return send(ClaimAnswer.class, "/v1/worker/claim", request, request.waitMs());
    }

    public RenewAnswer renew(RenewRequest request) {
        return send(RenewAnswer.class, "/v1/worker/renew", request, 0);
    }

    public ReportAnswer report(ReportRequest request) {
        return send(ReportAnswer.class, "/v1/worker/report", request, 0);
    }

    private <T> T send(Class<T> type, String path, Object body, long parkMs) {
        Call call = Call.change("POST", Target.of(path), Optional.of(body));
        return Json.readAnswer(type, transport.call(call.parked(parkMs).once()));
    }
}
