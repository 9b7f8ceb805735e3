package dev.kalends.cli.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kalends.cli.testing.CannedNode;
import dev.kalends.cli.testing.Golden;
import dev.kalends.cli.testing.Samples;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What operators of a cluster get to see. */
final class ClusterGoldenTest {
    private static final String PAGE = """
            {"asOf":"2026-03-07T12:00:00.000Z","node":"node-1","items":[\
            {"node":"node-1","url":"http://10.0.0.1:7070","version":"0.2.0","featureLevel":1,"state":"fit",\
            "reason":null,"leads":[0,3,5],"lag":0,"clockOffsetMs":0,\
            "clockNote":"this node's clock is 400 ms ahead of the others; deviationMs=400 toleranceMs=1000 nodes=3",\
            "upSince":"2026-03-06T12:00:00.000Z"},\
            {"node":"node-2","url":"http://10.0.0.2:7070","version":"0.2.0","featureLevel":1,"state":"draining",\
            "reason":"draining","leads":[],"lag":12,"clockOffsetMs":-401,"clockNote":null,\
            "upSince":"2026-03-07T11:00:00.000Z"},\
            {"node":"node-3","url":"http://10.0.0.3:7070","version":null,"featureLevel":null,"state":"silent",\
            "reason":null,"leads":[1],"lag":null,"clockOffsetMs":null,"clockNote":null,"upSince":null}]}""";

    private static String done(String id, String outcome, String detail) {
        return "{\"id\":\"" + id + "\",\"name\":null,\"outcome\":\"" + outcome + "\",\"detail\":" + detail
                + ",\"runs\":null}";
    }

    @Test
    void nodes() throws IOException {
        try (CannedNode node = new CannedNode()) {
            node.answer("GET /v1/nodes", PAGE)
                    .answer("POST /v1/nodes/node-2/drain", done("node-2", "draining", "null"))
                    .answer("POST /v1/nodes/node-2/undrain", done("node-2", "undrained", "null"))
                    .answer(
                            "POST /v1/partitions/3/step-down",
                            done("3", "stepping_down", "\"partition 3 is given back by node node-1\""))
                    .refuse(
                            "POST /v1/nodes/nod-2/drain",
                            404,
                            Samples.error(
                                    "not_found",
                                    "no such node, or it is not alive; node=\"nod-2\"",
                                    "list them: kalends nodes"));
            new Golden("nodes")
                    .add(node.onTerminal(), "nodes")
                    .add(node.inPipe(), "nodes", "ls")
                    .add(node.inPipe(), "nodes", "-o", "json")
                    .add(node.inPipe(), "nodes", "-q")
                    .add(node.onTerminal(), "nodes", "drain", "node-2")
                    .add(node.inPipe(), "nodes", "undrain", "node-2")
                    .add(node.onTerminal(), "nodes", "step-down", "3")
                    .add(node.onTerminal(), "nodes", "drain", "nod-2")
                    .add(node.onTerminal(), "nodes", "step-down", "three")
                    .add(node.onTerminal(), "nodes", "drain")
                    .add(node.onTerminal(), "nodes", "dran", "node-2")
                    .add(node.onTerminal(), "nodes", "--help")
                    .check();
        }
    }

    @Test
    void queues() throws IOException {
        try (CannedNode node = new CannedNode()) {
            node.answer(
                            "GET /v1/queues",
                            Samples.page(
                                    "null",
                                    "{\"name\":\"default\",\"declared\":true,\"ready\":3}",
                                    "{\"name\":\"reports\",\"declared\":false,\"ready\":0}"))
                    .answer("PUT /v1/queues/reports", done("reports", "declared", "null"))
                    .answer(
                            "DELETE /v1/queues/reports",
                            done("reports", "withdrawn", "\"jobs of it that come due wait\""));
            new Golden("queues")
                    .add(node.onTerminal(), "queues")
                    .add(node.inPipe(), "queues")
                    .add(node.onTerminal(), "queues", "add", "reports")
                    .add(node.onTerminal(), "queues", "rm", "reports")
                    .add(node.onTerminal(), "queues", "add")
                    .add(node.onTerminal(), "queues", "--help")
                    .check();
            assertEquals(
                    List.of("PUT /v1/queues/reports", "DELETE /v1/queues/reports"),
                    node.requests().stream().filter(r -> !r.startsWith("GET")).toList());
        }
    }
}
