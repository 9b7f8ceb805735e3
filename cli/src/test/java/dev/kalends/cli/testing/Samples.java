package dev.kalends.cli.testing;

/** Answers of a node, as its JSON. Times are around {@link CommandRun#NOW_MS}. */
public final class Samples {
    /** Text that wants to harm: cursor movement, colours, NUL, bidi, a title, line ends, a tag character, DEL. */
    public static final String HOSTILE =
            "a\u001b[2J\u001b[31mred\u0000b\u202egnp.exe\u001b]0;title\u0007\r\nc\td\u2028e"
                    + "\u009b1A\u200b\u061c\u007f\u2066f\udb40\udc41g";

    private Samples() {}

    /** A text as it stands between the quotes of JSON. */
    public static String quoted(String text) {
        StringBuilder json = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c >= ' ' && c < 0x7f && c != '"' && c != '\\';
            json.append(plain ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
        return json.toString();
    }

    /** A job that fires at the hour that New York loses, with a run behind it. */
    public static String job(String name, String state) {
        return """
            {"id":"7m2r3tx01k9qf","name":"%s","tenant":"default","state":"%s",
             "schedule":{"type":"cron","cron":"30 2 * * *","tz":"America/New_York","dst":"cron",
               "words":"every day at 02:30, America/New_York"},
             "nextFireAt":"2026-03-08T07:00:00.000Z","kind":"command","command":["/opt/sync.sh","--all","it's"],
             "queue":"default","priority":"normal","maxAttempts":3,"timeoutMs":300000,"overlap":"skip",
             "catchUp":"last","labels":{"team":"billing","env":"prod"},"generation":2,"revision":5,
             "createdAt":"2026-03-01T10:00:00.000Z","lastRun":%s,
             "openRuns":[%s],
             "nextFires":["2026-03-08T07:00:00.000Z","2026-03-09T06:30:00.000Z","2026-03-10T06:30:00.000Z"],
             "from":null,"until":"2026-06-01T00:00:00.000Z","maxRuns":100,"splayMs":0,"fired":7,"next":[
              {"at":"2026-03-08T07:00:00.000Z","local":"2026-03-08T03:00:00-04:00","inMs":68400000,
               "note":"02:30 does not exist; fires at the end of the gap","nominalAt":"2026-03-08T07:00:00.000Z"},
              {"at":"2026-03-09T06:30:00.000Z","local":"2026-03-09T02:30:00-04:00","inMs":153000000,"note":null,
               "nominalAt":"2026-03-09T06:30:00.000Z"}]}
            """.formatted(name, state, run(name, "succeeded", "null"), run(name, "retrying", "\"HTTP 503\""))
                .replace("\n", "");
    }

    /** A one-off without a name that never ran. */
    public static String plainJob() {
        return """
            {"id":"0c3vq8yz2m5rt","name":null,"tenant":"default","state":"active",
             "schedule":{"type":"manual","words":"when triggered"},"nextFireAt":null,"kind":"http",
             "url":"https://example.com/hook","queue":"web","priority":"high","maxAttempts":1,"overlap":"allow",
             "catchUp":"none","labels":{},"generation":1,"revision":1,"createdAt":"2026-03-07T11:59:00.000Z"}
            """.replace("\n", "");
    }

    /** A run with two failed attempts; the error is JSON, quotes included. */
    public static String run(String jobName, String state, String error) {
        return """
            {"id":"7m2r3tx01k9qf@20260307T073000Z","jobId":"7m2r3tx01k9qf","jobName":"%s","tenant":"default",
             "kind":"scheduled","state":"%s","nominalAt":"2026-03-07T07:30:00.000Z",
             "dueAt":"2026-03-07T07:30:00.000Z","firedAt":"2026-03-07T07:30:00.001Z",
             "startedAt":"2026-03-07T07:30:00.004Z","finishedAt":%s,"skewMs":4,"attempt":2,"maxAttempts":3,
             "exitCode":%s,"error":%s,"reason":null,"retryAt":%s,"worker":"host-1.4711","node":"node-a","lease":null}
            """.formatted(
                        jobName,
                        state,
                        state.equals("retrying") ? "null" : "\"2026-03-07T07:31:12.000Z\"",
                        state.equals("succeeded") ? "0" : "1",
                        error,
                        state.equals("retrying") ? "\"2026-03-07T12:00:30.000Z\"" : "null")
                .replace("\n", "");
    }

    /** The same run in full: attempts, lease, output. The texts are put into the JSON as they are. */
    public static String runInFull(String jobName, String state, String error, String output) {
        String run = run(jobName, state, error);
        String lease = state.equals("running")
                ? "{\"token\":42,\"epoch\":7,\"expiresAt\":\"2026-03-07T12:00:09.000Z\",\"leftMs\":9000}"
                : "null";
        return run.substring(0, run.lastIndexOf("\"lease\":null}"))
                + """
            "lease":%s,"attempts":[
             {"number":1,"token":40,"worker":"host-1.4711","startedAt":"2026-03-07T07:30:00.004Z",
              "finishedAt":"2026-03-07T07:30:02.004Z","end":"failed","exitCode":1,"error":%s},
             {"number":2,"token":41,"worker":"host-2.17","startedAt":"2026-03-07T07:31:00.000Z",
              "finishedAt":"2026-03-07T07:31:12.000Z","end":"lost","exitCode":null,"error":"lease lost"}],
             "output":{"attempt":2,"offset":0,"text":"%s","done":true}}
            """.formatted(lease, error, output).replace("\n", "");
    }

    /** A dead letter; the error is JSON, quotes included. */
    public static String dead(String jobName, String error) {
        return "{\"diedAt\":\"2026-03-07T07:31:12.000Z\",\"fingerprint\":\"9f8e7d6c\",\"error\":" + error + ",\"run\":"
                + run(jobName, "dead", error) + "}";
    }

    /** Dead letters with the group that they make. */
    public static String deadPage(String next, String jobName, String error) {
        return "{\"asOf\":\"2026-03-07T12:00:00.000Z\",\"groups\":[{\"fingerprint\":\"9f8e7d6c\",\"count\":37,"
                + "\"error\":" + error + ",\"jobs\":[\"" + jobName + "\",\"billing/close\"],"
                + "\"firstAt\":\"2026-03-06T10:00:00.000Z\",\"lastAt\":\"2026-03-07T07:31:12.000Z\"}],\"items\":["
                + dead(jobName, error) + "],\"next\":" + next + "}";
    }

    /** What a redrive or discard did, or would do. */
    public static String deadAnswer(long count, boolean dryRun) {
        return "{\"count\":" + count + ",\"ratePerSec\":5.0,\"durationMs\":" + Math.max(0, count - 1) * 200
                + ",\"dryRun\":" + dryRun + ",\"runs\":[\"7m2r3tx01k9qf@20260307T073000Z\"]}";
    }

    /** A node in good health. */
    public static String stats() {
        return """
            {"asOf":"2026-03-07T12:00:00.000Z","node":"node-a","version":"0.1.0","mode":"embedded","uptimeMs":11040000,
             "precision":{"tickMs":1,"loadEveryMs":30000},"jobs":{"waiting":1200345,"paused":2,"finished":0},
             "runs":{"ready":0,"running":10,"retrying":1},
             "skew":{"windowMs":300000,"count":1500,"sloMs":1000,"breaches":0,"p50Ms":1.25,"p99Ms":4.04,"p999Ms":8.1,
               "maxMs":12.0,"early":0,"stages":{"wheel":{"p50Ms":0.5,"p99Ms":1.0,"maxMs":2.0},
               "commit":{"p50Ms":0.4,"p99Ms":2.5,"maxMs":9.75}}},
             "rates":{"submitPerSec":12.0,"firePerSec":5.04,"succeedPerSec":5.0,"failPerSec":0.0,"retryPerSec":0.1},
             "queueDepth":{"default":0,"web":3},"dead":0,"leaderChanges":1,
             "ledger":{"expected":98765,"accounted":98765}}
            """.replace("\n", "");
    }

    /** The same where everything is wrong. */
    public static String illStats() {
        return stats().replace("\"dead\":0", "\"dead\":37")
                .replace("\"accounted\":98765", "\"accounted\":98763")
                .replace("\"p99Ms\":4.04", "\"p99Ms\":2504.0")
                .replace("\"breaches\":0", "\"breaches\":12")
                .replace("\"early\":0", "\"early\":1")
                .replace("\"ready\":0", "\"ready\":4");
    }

    /** One partition; the leader is JSON, quotes included. */
    public static String partition(String leader) {
        return "{\"partition\":0,\"leader\":" + leader + ",\"epoch\":7,\"leftMs\":4200,\"ttlMs\":5000,"
                + "\"renewedAgoMs\":800,\"due\":3,\"wheelLagMs\":0}";
    }

    public static String worker(String id, String state) {
        return "{\"id\":\"" + id + "\",\"state\":\"" + state + "\",\"slots\":8,\"running\":2,\"queues\":[\"default\","
                + "\"web\"],\"seenAgoMs\":" + (state.equals("silent") ? 65_000 : 120)
                + ",\"version\":\"0.1.0\",\"isolation\":\"pid-namespace\"}";
    }

    /** A page of a list. */
    public static String page(String next, String... items) {
        return "{\"asOf\":\"2026-03-07T12:00:00.000Z\",\"items\":[" + String.join(",", items) + "],\"next\":" + next
                + "}";
    }

    /** An error of a node. */
    public static String error(String code, String message, String hint) {
        return "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + quoted(message) + "\",\"hint\":\""
                + quoted(hint) + "\"}}";
    }
}
