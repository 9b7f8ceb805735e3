package dev.kalends.tui.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.ActionPage;
import dev.kalends.api.ActionResult;
import dev.kalends.api.ApiException;
import dev.kalends.api.DeadAnswer;
import dev.kalends.api.PartitionPage;
import dev.kalends.api.PartitionView;
import dev.kalends.client.ClientSettings;
import dev.kalends.client.NodeClient;
import dev.kalends.tui.model.Model;
import dev.kalends.tui.model.Order;
import dev.kalends.tui.model.View;
import dev.kalends.tui.testing.AnsweringNode;
import dev.kalends.tui.testing.Samples;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Orders name what was on the screen; what has changed since is left alone. */
final class PerformerTest {
    private static final String JOB = "7m2r3tx01k9qf";

    private final AnsweringNode node;
    private final Performer performer;

    PerformerTest() throws IOException {
        node = new AnsweringNode();
        performer = new Performer(new NodeClient(ClientSettings.of(node.url(), _ -> Optional.empty())));
        Model sample = Samples.at(View.JOBS, Samples.LARGE);
        node.on("GET /v1/jobs/" + JOB, _ -> sample.data().jobs().value().items().getFirst());
        node.on("POST /v1/jobs:pause", _ -> new ActionPage(List.of(result("paused"))));
    }

    private static ActionResult result(String outcome) {
        return new ActionResult(JOB, "billing/ledger-sync", outcome, null, null);
    }

    private static Order.JobRef job(int generation) {
        return new Order.JobRef(JOB, "billing/ledger-sync", generation);
    }

    private List<String> changes() {
        return node.asked().stream().filter(asked -> !asked.startsWith("GET")).toList();
    }

    @AfterEach
    void end() {
        node.close();
    }

    @Test
    void aJobAsItWasShownIsPaused() {
        assertEquals("paused billing/ledger-sync", performer.perform(new Order.PauseJobs(List.of(job(2)))));
        assertEquals(
                List.of("POST /v1/jobs:pause {\"jobs\":[\"" + JOB
                        + "\"],\"reason\":\"from kalends top\",\"generations\":[2]}"),
                changes());
    }

    /** The node holds it against what is, in the decision itself. */
    @Test
    void everyActionSaysWhatWasSeen() {
        for (Order order : List.of(
                new Order.ResumeJobs(List.of(job(1))),
                new Order.CancelJobs(List.of(job(2))),
                new Order.Trigger(job(1)),
                new Order.CancelRuns(List.of(new Order.RunRef("a@1", 2))),
                new Order.Rerun(List.of(new Order.RunRef("a@1", 3))),
                new Order.Release(List.of(new Order.LeaseRef("a@1", 88_190))))) {
            ApiException e = assertThrows(ApiException.class, () -> performer.perform(order));
            assertTrue(e.message().startsWith("1 of 1 refused"), e.message());
        }
        assertEquals(
                List.of(
                        "POST /v1/jobs:resume {\"jobs\":[\"" + JOB + "\"],\"generations\":[1]}",
                        "DELETE /v1/jobs/" + JOB + "?generation=2",
                        "POST /v1/jobs/" + JOB + "/trigger?generation=1",
                        "DELETE /v1/runs/a@1?running=true&series=2",
                        "POST /v1/runs/a@1/rerun?series=3",
                        "DELETE /v1/runs/a@1/lease?token=88190"),
                changes());
    }

    @Test
    void aRedriveNamesTheRunsThatWereCounted() {
        node.on("POST /v1/dead/redrive", _ -> new DeadAnswer(2, 5, 200, false, List.of("a@1", "b@2"), null));
        Order.Letters letters = new Order.Letters("all", "f", List.of("a@1", "b@2"), 0);
        assertEquals("2 runs are being redriven", performer.perform(new Order.Redrive(letters, Order.Pace.STRAIGHT)));
        assertEquals(List.of("POST /v1/dead/redrive {\"runs\":[\"a@1\",\"b@2\"]}"), changes());
    }

    @Test
    void aCanaryIsAskedOfTheNode() {
        node.on("POST /v1/dead/redrive", _ -> new DeadAnswer(1, 5, 200, false, List.of("a@1"), "f00"));
        Order.Letters letters = new Order.Letters("all", "f", List.of("a@1"), 0);
        assertEquals(
                "1 run is being redriven, one of them first",
                performer.perform(new Order.Redrive(letters, Order.Pace.CANARY)));
        assertEquals(List.of("POST /v1/dead/redrive {\"runs\":[\"a@1\"],\"canary\":true}"), changes());
    }

    @Test
    void aGroupOfAnotherCountIsLeftAlone() {
        node.on("POST /v1/dead/discard", _ -> new DeadAnswer(5_001, 0, 0, true, List.of("a@1"), null));
        Order.Letters letters = new Order.Letters("all", "f", List.of(), 5_000);
        assertThrows(ApiException.class, () -> performer.perform(new Order.Discard(letters)));
        assertEquals(List.of("POST /v1/dead/discard {\"fingerprint\":\"f\",\"dryRun\":true}"), changes());
    }

    @Test
    void aLaterTermIsLeftAlone() {
        PartitionView now = new PartitionView(3, "n2", 9, 5_000L, 5_000L, 0L, 0, 0, null, null, null);
        node.on("GET /v1/leases/partitions", _ -> new PartitionPage("", List.of(now)));
        node.on("POST /v1/partitions/3/step-down", _ -> result("stepped_down"));
        assertThrows(ApiException.class, () -> performer.perform(new Order.StepDown(3, "n2", 8)));
        assertThrows(ApiException.class, () -> performer.perform(new Order.StepDown(3, "n1", 9)));
        assertEquals(List.of(), changes());
        performer.perform(new Order.StepDown(3, "n2", 9));
        assertEquals(List.of("POST /v1/partitions/3/step-down"), changes());
    }

    @Test
    void whatIsRefusedIsToldAndTheOthersAreDone() {
        node.on("DELETE /v1/runs/a@1", _ -> result("cancelled"));
        ApiException e = assertThrows(
                ApiException.class,
                () -> performer.perform(
                        new Order.CancelRuns(List.of(new Order.RunRef("gone@1", 1), new Order.RunRef("a@1", 1)))));
        assertTrue(e.message().startsWith("1 of 2 refused: gone@1"), e.message());
        assertTrue(changes().contains("DELETE /v1/runs/a@1?running=true&series=1"));
    }
}
