package dev.kalends.cli.chaos;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorBody;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.SubmitResult;
import dev.kalends.client.ClientSettings;
import dev.kalends.client.Flag;
import dev.kalends.client.NodeClient;
import dev.kalends.client.RequestIds;
import dev.kalends.client.TokenSource;
import dev.kalends.time.MonotonicClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Submits and cancels through nodes, and goes on under the same request id until it is answered or time is over. */
final class Submitter {
    private static final Duration ONE_TRY = Duration.ofSeconds(15);
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final Duration BETWEEN = Duration.ofMillis(200);

    private final NodeClient client;
    private final AtomicInteger inDoubt = new AtomicInteger();

    /** What became of a job: an id, or nothing certain. */
    record Answer(Optional<String> id) {
        static final Answer IN_DOUBT = new Answer(Optional.empty());
    }

    Submitter(List<URI> nodes, TokenSource tokens) {
        this.client =
                new NodeClient(new ClientSettings(nodes, Optional.empty(), tokens, ONE_TRY, MonotonicClock.system()));
    }

    int inDoubt() {
        return inDoubt.get();
    }

    /** An answer for each job. */
    List<Answer> submit(List<LoadJob> jobs) {
        byte[] lines = jobs.stream()
                .map(LoadJob::line)
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8);
        String requestId = RequestIds.next();
        Answer[] answers = new Answer[jobs.size()];
        Arrays.fill(answers, Answer.IN_DOUBT);
        long startedNs = System.nanoTime();
        boolean more = true;
        while (more && System.nanoTime() - startedNs < PATIENCE_NS) {
            List<SubmitResult> results = new ArrayList<>();
            try {
                client.submitBulk(requestId, new ByteArrayInputStream(lines), results::add);
            } catch (ApiException e) {
                if (!passes(e.code())) {
                    throw new CellFailure("a submit was refused: " + e.getMessage());
                }
            } catch (IOException e) {
                throw new CellFailure("lines in memory cannot be read: " + e.getMessage());
            }
            for (int i = 0; i < results.size(); i++) {
                answers[i] = answer(results.get(i), answers[i]);
            }
            more = Arrays.asList(answers).contains(Answer.IN_DOUBT);
            if (more) {
                Waits.pass(BETWEEN);
            }
        }
        inDoubt.addAndGet(
                (int) Arrays.stream(answers).filter(Answer.IN_DOUBT::equals).count());
        return List.of(answers);
    }

    private static Answer answer(SubmitResult result, Answer before) {
        String id = result.id();
        if (id != null) {
            return new Answer(Optional.of(id));
        }
        ErrorBody.Detail error = result.error();
        if (error == null || passes(ErrorCode.ofWord(error.code()))) {
            return before;
        }
        throw new CellFailure("a job was refused: " + error.message());
    }

    /** Whether the acknowledgement came. */
    boolean cancel(String job) {
        try {
            client.cancelJob(job, Flag.OFF);
            return true;
        } catch (ApiException e) {
            if (passes(e.code())) {
                return false;
            }
            throw new CellFailure("a cancel was refused: " + e.getMessage());
        }
    }

    private static boolean passes(ErrorCode code) {
        return code == ErrorCode.UNAVAILABLE || code == ErrorCode.UNREACHABLE || code == ErrorCode.THROTTLED;
    }
}
