package dev.kalends.cli.complete;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.cli.testing.CommandRun;
import dev.kalends.cli.testing.FakeNode;
import dev.kalends.cli.testing.FakeNode.Answer;
import dev.kalends.cli.testing.Samples;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Names for the completion scripts: quick, and silent when something is wrong. */
final class NamesCommandTest {
    @Test
    void jobsByTheBeginningOfTheirNames() throws IOException {
        try (FakeNode node = new FakeNode()) {
            node.on("GET /v1/jobs", Samples.page("null", Samples.job("billing/close", "scheduled")));
            CommandRun.Outcome outcome = askedAgain(node, "__complete", "job", "--", "billing");
            assertEquals(0, outcome.status());
            assertEquals("billing/close\tscheduled\n", outcome.out());
            assertTrue(
                    node.asked().getFirst().target().contains("name=billing%2A"),
                    node.asked().toString());
        }
    }

    @Test
    void zonesNeedNoNode() {
        CommandRun.Outcome outcome = CommandRun.inPipe()
                .variable("KALENDS_NODE", "http://127.0.0.1:1")
                .run("__complete", "zone", "Europe/Ber");
        assertEquals(new CommandRun.Outcome(0, "Europe/Berlin\n", ""), outcome);
    }

    @Test
    void silentWithoutANode() {
        CommandRun.Outcome outcome = CommandRun.inPipe()
                .variable("KALENDS_NODE", "http://127.0.0.1:1")
                .run("__complete", "job", "a");
        assertEquals(new CommandRun.Outcome(0, "", ""), outcome);
    }

    @Test
    void silentWhenRefused() throws IOException {
        try (FakeNode node = new FakeNode()) {
            node.on("GET /v1/jobs", _ -> Answer.error(401, "unauthorized", "who are you"));
            assertEquals(new CommandRun.Outcome(0, "", ""), node.inPipe().run("__complete", "job", "a"));
        }
    }

    @Test
    void aSlowNodeIsNotWaitedFor() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        try (FakeNode node = new FakeNode()) {
            node.on("GET /v1/jobs", _ -> {
                asked.countDown();
                try {
                    ended.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return Answer.ok("{}");
            });
            assertEquals(new CommandRun.Outcome(0, "", ""), node.inPipe().run("__complete", "job", "a"));
            asked.await();
            ended.countDown();
        }
    }

    @Test
    void unknownKindsAreNothing() {
        assertEquals(new CommandRun.Outcome(0, "", ""), CommandRun.inPipe().run("__complete", "weather", "a"));
    }

    /** On a busy machine the first answer of a cold JVM may take longer than it is waited for. */
    private static CommandRun.Outcome askedAgain(FakeNode node, String... words) {
        CommandRun.Outcome outcome = node.inPipe().run(words);
        for (int i = 0; i < 20 && outcome.out().isEmpty(); i++) {
            outcome = node.inPipe().run(words);
        }
        return outcome;
    }
}
