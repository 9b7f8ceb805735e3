package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.api.RenewRequest;
import dev.kalends.api.ReportRequest;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes the output that workers send along; what is malformed is dropped, because output never holds up a run. */
final class OutputIntake {
    private final Services services;

    OutputIntake(Services services) {
        this.services = services;
    }

    /** Output so far; the attempt is the one whose lease has the token. */
    void fromHeartbeat(RenewRequest.Held held) {
        Optional<RunId> id = RunId.parse(held.run());
        if (id.isEmpty()) {
            return;
        }
        run(id.get())
                .filter(run ->
                        run.lease().map(lease -> lease.token() == held.token()).orElse(false))
                .ifPresent(run -> append(id.get(), run.attempt(), held.outputOffset(), held.output()));
    }

    /** A run whose partition cannot be read now is none: output is lost first, and the heartbeat goes on. */
    private Optional<Run> run(RunId id) {
        try {
            return services.partitions()
                    .of(id.job())
                    .flatMap(handle -> handle.reader().run(id));
        } catch (ApiException e) {
            return Optional.empty();
        }
    }

    /** The last output of an attempt whose report was accepted. */
    void fromReport(ReportRequest.Report report) {
        RunId.parse(report.run())
                .ifPresent(run -> append(run, report.attempt(), report.outputOffset(), report.output()));
    }

    private void append(RunId run, int attempt, long offset, @Nullable String base64) {
        if (base64 == null || base64.isEmpty() || offset < 0) {
            return;
        }
        try {
            services.output().append(run, attempt, offset, Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            // Not base64: the run's verdict stands, its output is lost.
        }
    }
}
