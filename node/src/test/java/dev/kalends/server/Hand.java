package dev.kalends.server;

import dev.kalends.api.ClaimAnswer;
import dev.kalends.api.ClaimRequest;
import dev.kalends.api.Grant;
import dev.kalends.api.Json;
import dev.kalends.api.ReportAnswer;
import dev.kalends.api.ReportRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A worker that a test leads by the hand, over HTTP. */
final class Hand {
    private static final int CLAIMS_MAX = 6;

    private final RawHttp http;
    private final String id;

    Hand(ServedNode node, String id) {
        this(node.admin(), id);
    }

    Hand(RawHttp http, String id) {
        this.http = http;
        this.id = id;
    }

    /** Claims until so many were granted; fails when they do not come. */
    List<Grant> claim(int count) {
        List<Grant> grants = new ArrayList<>();
        for (int claims = 0; grants.size() < count; claims++) {
            if (claims == CLAIMS_MAX + count) {
                throw new AssertionError("granted " + grants.size() + " of " + count);
            }
            ClaimRequest request = new ClaimRequest(
                    ClaimRequest.PROTOCOL, id, List.of("default"), count - grants.size(), 8, 5_000, "0.1.0", "direct");
            RawHttp.Reply reply = http.call("POST", "/v1/worker/claim", Json.writeRequest(request));
            if (reply.status() != 200) {
                throw new AssertionError(reply.text());
            }
            grants.addAll(reply.as(ClaimAnswer.class).grants());
        }
        return grants;
    }

    Grant claimOne() {
        return claim(1).getFirst();
    }

    /** Reports an end with output; the answer is the verdict. */
    String report(Grant grant, String end, String error, String output) {
        boolean good = end.equals("succeeded");
        ReportRequest.Report report = new ReportRequest.Report(
                grant.run(),
                grant.series(),
                grant.attempt(),
                grant.token(),
                end,
                System.currentTimeMillis(),
                System.currentTimeMillis(),
                good ? 0 : 1,
                good ? null : error,
                null,
                0,
                Base64.getEncoder().encodeToString(output.getBytes(StandardCharsets.UTF_8)));
        ReportRequest request = new ReportRequest(ClaimRequest.PROTOCOL, id, List.of(report));
        RawHttp.Reply reply = http.call("POST", "/v1/worker/report", Json.writeRequest(request));
        return reply.status() == 200 ? reply.as(ReportAnswer.class).verdicts().getFirst() : reply.text();
    }
}
