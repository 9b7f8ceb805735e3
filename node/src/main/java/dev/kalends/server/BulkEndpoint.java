package dev.kalends.server;

import dev.kalends.job.Limits;
import java.util.Set;

/** Answers {@code POST /v1/jobs:bulk}: a job a line comes in, a result a line goes out, in order. */
final class BulkEndpoint {
    private final Services services;
    private final DraftReader drafts;
    private final SubmitRates rates;

    BulkEndpoint(Services services, DraftReader drafts, SubmitRates rates) {
        this.services = services;
        this.drafts = drafts;
        this.rates = rates;
    }

    /**
     * Streams: what was read is decided in chunks of {@link Limits#BULK_CHUNK_LINES_MAX} lines, each a command under
     * the request id and the chunk's number. Where chunks end depends on the lines alone, so a bulk that is sent again
     * under the same id is the same commands.
     */
    Answer submit(Request request) {
        request.query().allow(Set.of());
        Scope scope = request.scope();
        String requestId = request.requestId(scope.tenant().orElse(""));
        LineReader lines = new LineReader(request.bodyStream(), Limits.BULK_LINE_BYTES_MAX);
        return new Answer.Stream(
                Answer.NDJSON,
                out -> new Bulk(services, drafts, rates, new Bulk.Asked(scope, requestId)).run(lines, out));
    }
}
