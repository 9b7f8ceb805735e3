package dev.kalends.worker;

import dev.kalends.api.ClaimAnswer;
import dev.kalends.api.ClaimRequest;
import dev.kalends.api.RenewAnswer;
import dev.kalends.api.RenewRequest;
import dev.kalends.api.ReportAnswer;
import dev.kalends.api.ReportRequest;
import dev.kalends.client.ClientSettings;
import dev.kalends.client.WorkerClient;
import dev.kalends.job.Hash;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The link of a worker that is a process of its own. */
public final class HttpWorkerLink implements WorkerLink {
    /** A renewal that takes longer than this is tried again while the lease still holds. */
    private static final Duration CALL_MAX = Duration.ofSeconds(4);

    private final WorkerClient client;

    /**
     * Makes a link of one worker. Workers that name the same nodes begin at different ones: the node that a worker
     * speaks to works for it.
     */
    public HttpWorkerLink(ClientSettings settings, String worker) {
        List<URI> nodes = new ArrayList<>(settings.nodes());
        Collections.rotate(nodes, Math.floorMod(Hash.of(worker), nodes.size()));
        this.client = new WorkerClient(
                new ClientSettings(nodes, settings.tenant(), settings.tokens(), CALL_MAX, settings.clock()));
    }

    @Override
    public ClaimAnswer claim(ClaimRequest request) {
        return client.claim(request);
    }

    @Override
    public RenewAnswer renew(RenewRequest request) {
        return client.renew(request);
    }

    @Override
    public ReportAnswer report(ReportRequest request) {
        return client.report(request);
    }

    /** Nothing: the claim comes back by itself within {@link Worker#PARK_MS}. */
    @Override
    public void unpark(String worker) {}
}
