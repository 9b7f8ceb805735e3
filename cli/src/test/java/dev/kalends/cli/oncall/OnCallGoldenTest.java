package dev.kalends.cli.oncall;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.cli.testing.CannedNode;
import dev.kalends.cli.testing.CommandRun;
import dev.kalends.cli.testing.Golden;
import dev.kalends.cli.testing.Samples;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What somebody on call gets to see. */
final class OnCallGoldenTest {
    private static CannedNode healthy() throws IOException {
        return new CannedNode()
                .answer("GET /v1/stats", Samples.stats())
                .answer("GET /v1/leases/partitions", Samples.page("null", Samples.partition("\"node-a\"")))
                .answer("GET /v1/workers", Samples.page("null", Samples.worker("host-1.4711", "live")));
    }

    @Test
    void statusSaysWhetherAnythingNeedsYou() throws IOException {
        try (CannedNode fine = healthy();
                CannedNode ill = new CannedNode();
                CannedNode narrow = new CannedNode()) {
            ill.answer("GET /v1/stats", Samples.illStats())
                    .answer("GET /v1/leases/partitions", Samples.page("null", Samples.partition("null")))
                    .answer("GET /v1/workers", Samples.page("null", Samples.worker("host-1.4711", "silent")));
            String forbidden = Samples.error("forbidden", "this token sees its tenant only; tenant=acme", "");
            narrow.answer("GET /v1/stats", Samples.stats())
                    .refuse("GET /v1/leases/partitions", 403, forbidden)
                    .refuse("GET /v1/workers", 403, forbidden);
            new Golden("status")
                    .add(fine.onTerminal(), "status")
                    .add(fine.inPipe(), "status")
                    .add(fine.inPipe(), "status", "-o", "json")
                    .add(ill.onTerminal(), "status")
                    .add(ill.inPipe(), "status")
                    .add(ill.inPipe(), "status", "-o", "json")
                    .add(ill.inPipe(), "status", "-q")
                    .add(narrow.inPipe(), "status")
                    .add(
                            CommandRun.inPipe()
                                    .variable("KALENDS_NODE", "http://127.0.0.1:1")
                                    .variable("KALENDS_REQUEST_TIMEOUT", "1ms"),
                            "status")
                    .check();
        }
    }

    @Test
    void releasesALease() throws IOException {
        try (CannedNode node = healthy()) {
            String detail = "worker w1 is told to stop; once its lease has run out the run is tried again";
            String done = "{\"id\":\"7m2r3tx01k9qf@20260307T073000Z\",\"name\":\"etl/ingest\","
                    + "\"outcome\":\"releasing\",\"detail\":\"" + detail + "\",\"runs\":[]}";
            String stale = Samples.error("conflict", "the run changed meanwhile: no worker holds it", "look again");
            String lease = "DELETE /v1/runs/etl%2Fingest@latest/lease";
            node.answer(lease, done).answer(lease, done).refuse(lease, 412, stale);
            new Golden("release")
                    .add(node.onTerminal(), "leases", "release", "etl/ingest@latest")
                    .add(node.inPipe(), "leases", "release", "etl/ingest@latest")
                    .add(node.inPipe(), "leases", "release", "etl/ingest@latest", "--token", "7")
                    .add(node.inPipe(), "leases", "release")
                    .add(node.inPipe(), "leases", "--token", "7")
                    .add(node.inPipe(), "leases", "release", "a@latest", "--runs")
                    .check();
        }
    }

    @Test
    void statsAndLeasesAndWorkers() throws IOException {
        try (CannedNode node = healthy()) {
            String leased = Samples.runInFull("billing/ledger-sync", "running", "null", "");
            node.answer("GET /v1/leases/runs", Samples.page("null", leased));
            new Golden("figures")
                    .add(node.onTerminal(), "stats")
                    .add(node.inPipe(), "stats")
                    .add(node.inPipe(), "stats", "-o", "json")
                    .add(node.onTerminal(), "leases")
                    .add(node.inPipe(), "leases")
                    .add(node.inPipe(), "leases", "--partitions")
                    .add(node.inPipe(), "leases", "--partitions", "-o", "json")
                    .add(node.inPipe(), "leases", "--runs", "--left-under", "5s", "-o", "json")
                    .add(node.onTerminal(), "leases", "--left-under", "1s")
                    .add(node.inPipe(), "leases", "--partitions", "--runs")
                    .add(node.onTerminal(), "workers")
                    .add(node.inPipe(), "workers")
                    .add(node.inPipe(), "workers", "-q")
                    .check();
        }
    }

    @Test
    void tenants() throws IOException {
        try (CannedNode node = new CannedNode()) {
            String acme =
                    "{\"name\":\"acme\",\"submitsPerSec\":100,\"burst\":1000,\"scheduled\":5,\"running\":1,\"dead\":0}";
            String free = "{\"name\":\"default\",\"submitsPerSec\":null,\"burst\":null,\"scheduled\":12,"
                    + "\"running\":0,\"dead\":3}";
            node.answer("GET /v1/tenants", Samples.page("null", acme, free))
                    .answer("PUT /v1/tenants/acme", acme)
                    .answer("PUT /v1/tenants/default", free);
            new Golden("tenants")
                    .add(node.onTerminal(), "tenants", "ls")
                    .add(node.inPipe(), "tenants", "ls")
                    .add(node.onTerminal(), "tenants", "set", "acme", "--burst", "1000")
                    .add(node.onTerminal(), "tenants", "set", "default", "--submit-rate", "unlimited")
                    .add(node.inPipe(), "tenants", "set", "acme", "--submit-rate", "100/s")
                    .add(node.inPipe(), "tenants", "set", "default", "--burst", "5")
                    .add(node.inPipe(), "tenants", "set", "acme", "--submit-rate", "fast")
                    .add(node.inPipe(), "tenants", "set", "acme")
                    .check();
            assertEquals(
                    List.of(
                            "PUT /v1/tenants/acme {\"name\":\"acme\",\"submitsPerSec\":100,\"burst\":1000}",
                            "PUT /v1/tenants/default {\"name\":\"default\"}",
                            "PUT /v1/tenants/acme {\"name\":\"acme\",\"submitsPerSec\":100,\"burst\":1000}"),
                    node.requests().stream().filter(r -> r.startsWith("PUT")).toList());
        }
    }

    @Test
    void handoffAndAudit() throws IOException {
        String deed = "{\"at\":\"2026-03-08T06:10:00.000Z\",\"who\":\"alice@desk1\",\"verb\":\"pause\","
                + "\"subject\":\"billing/close\",\"tenant\":\"default\",\"detail\":\"disk full\"}";
        String lead = "{\"at\":\"2026-03-08T05:00:00.000Z\",\"who\":\"node n1\",\"verb\":\"lead\","
                + "\"subject\":\"partition 0\",\"tenant\":null,\"detail\":\"epoch 7\"}";
        String other = lead.replace("partition 0", "partition 3");
        String deeds = "{\"asOf\":\"2026-03-08T07:00:00.000Z\",\"since\":\"2026-03-07T19:00:00.000Z\",\"items\":["
                + lead + "," + other + "," + deed + "],\"complete\":true}";
        String past = "{\"asOf\":\"2026-03-08T07:00:00.000Z\",\"since\":\"2026-03-07T19:00:00.000Z\","
                + "\"runs\":{\"dead\":3,\"succeeded\":5312},\"failures\":[{\"fingerprint\":\"3fa9c1d2\","
                + "\"error\":\"exit 1: no space left on device while it wrote the ledger of the month into a file\","
                + "\"jobs\":[\"billing/close\",\"billing/sync\"],\"count\":4,\"stillDead\":1,\"redriven\":2,"
                + "\"recovered\":1,\"firstAt\":\"2026-03-07T22:55:00.000Z\","
                + "\"lastAt\":\"2026-03-08T02:05:00.000Z\"}],"
                + "\"late\":{\"sloMs\":1000,\"count\":2,\"worstMs\":4200,"
                + "\"worstRun\":\"7m2r3tx01k9qf@20260308T020000Z\","
                + "\"worstJob\":\"billing/close\"},\"omitted\":[{\"state\":\"skipped\",\"reason\":\"overlap\","
                + "\"count\":12,\"jobs\":[\"mail\\u001b[31m\"]}],\"complete\":false}";
        String quiet = "{\"asOf\":\"2026-03-08T07:00:00.000Z\",\"since\":\"2026-03-07T19:00:00.000Z\",\"runs\":{},"
                + "\"failures\":[],\"late\":{\"sloMs\":1000,\"count\":0,\"worstMs\":0,\"worstRun\":null,"
                + "\"worstJob\":null},\"omitted\":[],\"complete\":true}";
        String none = "{\"asOf\":\"2026-03-08T07:00:00.000Z\",\"since\":\"2026-03-07T19:00:00.000Z\",\"items\":[],"
                + "\"complete\":true}";
        try (CannedNode eventful = new CannedNode();
                CannedNode calm = healthy()) {
            eventful.answer("GET /v1/stats", Samples.illStats())
                    .answer("GET /v1/leases/partitions", Samples.page("null", Samples.partition("null")))
                    .answer("GET /v1/workers", Samples.page("null", Samples.worker("host-1.4711", "silent")));
            for (CannedNode node : List.of(eventful, calm)) {
                node.answer("GET /v1/handoff", node == calm ? quiet : past)
                        .answer("GET /v1/audit", node == calm ? none : deeds)
                        .answer("GET /v1/jobs", Samples.page("null"))
                        .answer("GET /v1/nodes", "{\"asOf\":\"2026-03-08T07:00:00.000Z\",\"node\":\"n1\",\"items\":[]}")
                        .refuse(
                                "GET /v1/forecast",
                                403,
                                Samples.error("forbidden", "this token sees its tenant only; tenant=acme", ""));
            }
            new Golden("handoff")
                    .add(eventful.onTerminal(), "handoff", "--since", "12h")
                    .add(eventful.inPipe(), "handoff", "-o", "json")
                    .add(calm.inPipe(), "handoff")
                    .add(eventful.onTerminal(), "audit")
                    .add(eventful.inPipe(), "audit")
                    .add(eventful.inPipe(), "audit", "-o", "json")
                    .add(calm.onTerminal(), "audit")
                    .check();
        }
    }
}
