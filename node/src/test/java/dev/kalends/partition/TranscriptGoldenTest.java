package dev.kalends.partition;

import static dev.kalends.partition.Partition.MINUTE;
import static dev.kalends.partition.Partition.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.job.JobId;
import dev.kalends.job.Overlap;
import dev.kalends.job.Run;
import dev.kalends.testing.Recipe;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Three stories, change by change: tutorial and test at once. */
final class TranscriptGoldenTest {
    private final Partition partition = new Partition();
    private final Transcript transcript = new Transcript(partition);

    private JobId submit(String name, Recipe recipe, String said) {
        JobId job = partition.submit(recipe);
        transcript.call(job, name);
        transcript.after("submit " + name + " " + said);
        return job;
    }

    private void fire(JobId job, String said) {
        partition.fire(job);
        transcript.after("fire " + said);
    }

    private Run claim() {
        Run run = partition.claimOne();
        transcript.after("claim by w1");
        return run;
    }

    private void matches(String file) throws IOException {
        try (InputStream in = TranscriptGoldenTest.class.getResourceAsStream(file)) {
            String golden = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(golden, transcript.toString(), file);
        }
    }

    @Test
    void aRunFailsIsRetriedAndSucceeds() throws IOException {
        JobId job = submit("backup", Recipe.in(MINUTE).backoff(10_000, 10_000), "in 1m, backoff 10s");
        partition.advance(MINUTE);
        fire(job, "backup");
        Run first = claim();
        partition.advance(2 * SECOND).fail(first);
        transcript.after("report exit 1");
        partition.advance(10 * SECOND).decide(new Command.Wake(first.id()));
        transcript.after("wake backup");
        Run second = claim();
        partition.lose(second);
        transcript.after("lease expired");
        partition.advance(10 * SECOND).decide(new Command.Wake(first.id()));
        transcript.after("wake backup");
        Run third = claim();
        partition.succeed(second);
        transcript.after("late report of the lost worker");
        partition.succeed(third);
        transcript.after("report success");
        matches("retry.txt");
    }

    @Test
    void theLeaderIsAwayAndCatchesUp() throws IOException {
        JobId job = submit("sync", Recipe.every(MINUTE).overlap(Overlap.QUEUE), "every 1m, overlap queue");
        partition.advance(MINUTE);
        fire(job, "sync");
        Run open = claim();
        partition.down(5 * MINUTE + SECOND);
        fire(job, "sync, by a new leader after 5m 1s");
        partition.succeed(open);
        transcript.after("report success");
        partition.succeed(claim());
        transcript.after("report success");
        matches("catch-up.txt");
    }

    @Test
    void aDeadLetterIsRedriven() throws IOException {
        JobId job = submit("close", Recipe.every(MINUTE).attempts(1), "every 1m, one attempt");
        for (int i = 0; i < 3; i++) {
            partition.advance(MINUTE);
            fire(job, "close");
            partition.fail(claim());
            transcript.after("report exit 1");
        }
        Run middle = partition
                .store
                .finished(dev.kalends.job.RunId.scheduled(job, Partition.T0 + 2 * MINUTE))
                .orElseThrow();
        partition.decide(new Command.Redrive("r", List.of(middle.id())));
        transcript.after("redrive close@00:02:00");
        partition.succeed(claim());
        transcript.after("report success");
        partition.cancel(job, Command.Stop.LET_FINISH);
        transcript.after("cancel close");
        matches("redrive.txt");
    }
}
