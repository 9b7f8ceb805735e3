package dev.kalends.cli.demo;

import dev.kalends.api.JobRequest;
import dev.kalends.api.Json;
import dev.kalends.api.SubmitResult;
import dev.kalends.cli.output.JsonObject;
import dev.kalends.client.NodeClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The demo's jobs, each as one line of JSON, the way a bulk submit would send it. */
final class DemoJobs {
    static final String ONCE = "demo/once";
    static final String TICK = "demo/every-second";
    static final String CRON = "demo/six-fields";
    static final String BROKEN = "demo/broken";
    static final String CALL = "demo/http";

    private final NodeClient client;
    private final Witness witness;
    private final Path repair;

    DemoJobs(NodeClient client, Witness witness, Path repair) {
        this.client = client;
        this.witness = witness;
        this.repair = repair;
    }

    SubmitResult once() {
        return submit(new JsonObject().text("name", ONCE).text("in", "2s"), script(ONCE, Witness.SCRIPT));
    }

    SubmitResult everySecond() {
        return submit(caughtUp(new JsonObject().text("name", TICK).text("every", "1s")), script(TICK, Witness.SCRIPT));
    }

    SubmitResult sixFields() {
        return submit(
                caughtUp(new JsonObject().text("name", CRON).text("cron", "*/5 * * * * *")),
                script(CRON, Witness.SCRIPT));
    }

    /** Fails until a file exists: first into the dead letters, then, redriven, to its end. */
    SubmitResult broken() {
        JsonObject job = new JsonObject()
                .text("name", BROKEN)
                .text("in", "1s")
                .number("maxAttempts", 3)
                .text("backoff", "200ms..1s");
        String program = "[ -e \"$3\" ] || { echo \"no such ledger\" >&2; exit 3; }; " + Witness.SCRIPT;
        return submit(job, script(BROKEN, program));
    }

    SubmitResult call(String url) {
        String http = new JsonObject().text("method", "POST").text("url", url).toString();
        return send(new JsonObject().text("name", CALL).text("in", "3s"), "\"http\":" + http);
    }

    /** Nothing is left out while the node is down, and nothing waits for the run that was cut off. */
    private static JsonObject caughtUp(JsonObject job) {
        return job.text("catchUp", "all").text("overlap", "allow");
    }

    private SubmitResult submit(JsonObject job, List<String> argv) {
        StringBuilder command = new StringBuilder("\"command\":[");
        for (int i = 0; i < argv.size(); i++) {
            String quoted = new JsonObject().text("", argv.get(i)).toString();
            command.append(i == 0 ? "" : ",").append(quoted, 4, quoted.length() - 1);
        }
        return send(job, command.append(']').toString());
    }

    private SubmitResult send(JsonObject job, String work) {
        String text = job.toString();
        String whole = text.substring(0, text.length() - 1) + "," + work + "}";
        return client.submit(Json.readRequest(JobRequest.class, whole.getBytes(StandardCharsets.UTF_8)));
    }

    private List<String> script(String label, String program) {
        return List.of("/bin/sh", "-c", program, "demo", label, witness.file().toString(), repair.toString());
    }
}
