package dev.kalends.tui.testing;

import dev.kalends.api.DeadPage;
import dev.kalends.api.ForecastView;
import dev.kalends.api.JobPage;
import dev.kalends.api.Json;
import dev.kalends.api.NodePage;
import dev.kalends.api.PartitionPage;
import dev.kalends.api.RunPage;
import dev.kalends.api.RunView;
import dev.kalends.api.StatsView;
import dev.kalends.api.TenantPage;
import dev.kalends.api.WorkerPage;
import dev.kalends.tui.model.Data;
import dev.kalends.tui.model.Link;
import dev.kalends.tui.model.Manner;
import dev.kalends.tui.model.Model;
import dev.kalends.tui.model.Now;
import dev.kalends.tui.model.Place;
import dev.kalends.tui.model.Pulse;
import dev.kalends.tui.model.Reading;
import dev.kalends.tui.model.Size;
import dev.kalends.tui.model.View;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A model of a cluster in some trouble, always the same. */
public final class Samples {
    public static final Size LARGE = new Size(120, 36);
    public static final Size SMALL = new Size(80, 24);
    /** When the model is of. */
    public static final Now NOW =
            new Now(Instant.parse("2026-03-08T14:03:22.400Z").toEpochMilli(), 600_000);

    private static final long READ_MS = NOW.elapsedMs() - 400;
    private static final Manner MANNER = new Manner(false, false, true, ZoneOffset.UTC, Optional.empty());
    private static final String AS_OF = "2026-03-08T14:03:22.000Z";

    private Samples() {}

    /** A view of the cluster, at a size. */
    public static Model at(View view, Size size) {
        return at(Place.of(view), size, MANNER);
    }

    /** A place in the cluster. */
    public static Model at(Place place, Size size, Manner manner) {
        return Model.start(NOW, size, manner, "n1")
                .withLink(new Link("n1", READ_MS, new Link.State.Up()))
                .withData(data())
                .withPlaces(place.subject().isEmpty() ? List.of(place) : List.of(Place.of(View.JOBS), place));
    }

    public static Manner manner() {
        return MANNER;
    }

    private static Data data() {
        Data data = Data.NONE;
        List<Reading> readings = List.of(
                new Reading.Stats(stats()),
                new Reading.Partitions(partitions().items()),
                new Reading.Nodes(nodes().items()),
                new Reading.Workers(workers().items()),
                new Reading.Leases(leases()),
                new Reading.Forecast(forecast()),
                new Reading.Jobs(new Data.Jobs(jobs().items(), true)),
                new Reading.Runs(runs()),
                new Reading.Dead(dead()),
                new Reading.Tenants(tenants().items()),
                new Reading.Job("", new Data.JobDetail(jobs().items().getFirst(), runs())),
                new Reading.Run("", new Data.RunDetail(runInFull(), "step 1\nstep 2\n503 from ledger\n", true)),
                new Reading.Beat(pulse()));
        for (Reading reading : readings) {
            data = reading.into(data, READ_MS);
        }
        return data;
    }

    private static <T> T read(Class<T> type, String json) {
        return Json.readAnswer(type, json.getBytes(StandardCharsets.UTF_8));
    }

    public static StatsView stats() {
        return read(StatsView.class, """
                {"asOf":"%s","node":"n1","version":"0.1.0","mode":"cluster","uptimeMs":8040000,
                 "precision":{"tickMs":10,"loadEveryMs":1000},
                 "jobs":{"waiting":182044,"paused":3,"finished":9120,"cancelled":12},
                 "runs":{"ready":4,"running":3,"retrying":2},
                 "skew":{"windowMs":300000,"count":8214,"sloMs":1000,"breaches":96,"p50Ms":12.1,"p99Ms":4120.0,
                  "p999Ms":9800.0,"maxMs":11800.0,"early":0,
                  "stages":{"claim":{"p50Ms":2.0,"p99Ms":40.0,"maxMs":90.0},
                   "commit":{"p50Ms":4.0,"p99Ms":3600.0,"maxMs":10900.0}}},
                 "rates":{"submitPerSec":1.2,"firePerSec":27.4,"succeedPerSec":26.9,"failPerSec":0.5,"retryPerSec":0.4},
                 "queueDepth":{"default":4},"dead":41,"leaderChanges":2,
                 "ledger":{"expected":812044,"accounted":812044},"pauses":null}
                """.formatted(AS_OF));
    }

    private static PartitionPage partitions() {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            String leader = i == 63 ? "null" : "\"n" + (1 + i % 3) + "\"";
            long leftMs = i == 51 ? 1_900 : 4_000 + i % 7 * 100;
            items.add("""
                    {"partition":%d,"leader":%s,"epoch":%d,"leftMs":%s,"ttlMs":%s,"renewedAgoMs":%s,"due":%d,
                     "wheelLagMs":%d,"missedLeft":null,"missedEtaMs":null}
                    """.formatted(
                            i,
                            leader,
                            1_100 + i,
                            i == 63 ? "null" : leftMs,
                            i == 63 ? "null" : "5000",
                            i == 63 ? "null" : 5_000 - leftMs,
                            i % 5 * 11,
                            i == 51 ? 840 : i % 4));
        }
        return read(PartitionPage.class, "{\"asOf\":\"" + AS_OF + "\",\"items\":[" + String.join(",", items) + "]}");
    }

    private static NodePage nodes() {
        return read(NodePage.class, """
                {"asOf":"%s","node":"n1","items":[
                 {"node":"n1","url":"http://10.0.0.1:7070","version":"0.1.0","featureLevel":2,"state":"fit","reason":null,
                  "leads":[0,3,6],"lag":0,"clockOffsetMs":0,"clockNote":null,"upSince":"2026-03-08T11:49:22.000Z"},
                 {"node":"n2","url":"http://10.0.0.2:7070","version":"0.1.0","featureLevel":2,"state":"fit","reason":null,
                  "leads":[1,4],"lag":12,"clockOffsetMs":-310,"clockNote":null,"upSince":"2026-03-07T11:49:22.000Z"},
                 {"node":"n3","url":"http://10.0.0.3:7070","version":"0.1.0","featureLevel":2,"state":"draining",
                  "reason":"drained by hand","leads":[2],"lag":3,"clockOffsetMs":4,"clockNote":null,"upSince":null}]}
                """.formatted(AS_OF));
    }

    private static WorkerPage workers() {
        return read(WorkerPage.class, """
                {"asOf":"%s","items":[
                 {"id":"n3-w2","state":"live","slots":8,"running":2,"queues":["default","etl"],"seenAgoMs":210,
                  "version":"0.1.0","isolation":"pid-namespace"},
                 {"id":"n2-w7","state":"silent","slots":8,"running":1,"queues":["default"],"seenAgoMs":14200,
                  "version":"0.1.0","isolation":"pid-namespace"}]}
                """.formatted(AS_OF));
    }

    private static List<RunView> leases() {
        return read(
                        RunPage.class,
                        "{\"asOf\":\"" + AS_OF + "\",\"items\":["
                                + String.join(
                                        ",",
                                        running(
                                                "7m2r3tx01k9qf",
                                                "billing/ledger-sync",
                                                "2026-03-08T14:00:00Z",
                                                11_800,
                                                14_200),
                                        running("7m2r3tx01k9qb", "etl/ingest-47", "2026-03-08T13:58:00Z", 3_900, 6_100),
                                        running("4hh2r3tx0aaaa", "報告/日次", "2026-03-08T14:03:00Z", 8, 12_000))
                                + "],\"next\":null}")
                .items();
    }

    private static String running(String id, String job, String at, long skewMs, long leftMs) {
        return """
                {"id":"%s@%s","jobId":"%s","jobName":"%s","tenant":"acme","kind":"scheduled","state":"running",
                 "nominalAt":"%s","dueAt":"%s","firedAt":"%s","startedAt":"%s","finishedAt":null,"skewMs":%d,
                 "attempt":1,"maxAttempts":5,"exitCode":null,"error":null,"reason":null,"retryAt":null,
                 "worker":"n3-w2","node":"n1","lease":{"token":88190,"epoch":1187,"expiresAt":null,"leftMs":%d},
                 "attempts":null,"output":null}
                """.formatted(id, basic(at), id, job, at, at, at, at, skewMs, leftMs);
    }

    private static String basic(String at) {
        return at.replace("-", "").replace(":", "");
    }

    private static String ended(String at, String state, int attempt, String error) {
        return """
                {"id":"7m2r3tx01k9qf@%s","jobId":"7m2r3tx01k9qf","jobName":"billing/ledger-sync","tenant":"acme",
                 "kind":"scheduled","state":"%s","nominalAt":"%s","dueAt":"%s","firedAt":"%s","startedAt":"%s",
                 "finishedAt":"2026-03-08T14:01:02.500Z","skewMs":%d,"attempt":%d,"maxAttempts":5,"exitCode":%s,
                 "error":%s,"reason":null,"retryAt":null,"worker":"n3-w2","node":"n1","lease":null,"attempts":null,
                 "output":null}
                """.formatted(
                        basic(at),
                        state,
                        at,
                        at,
                        at,
                        at,
                        attempt * 700,
                        attempt,
                        error.isEmpty() ? "0" : "3",
                        error.isEmpty() ? "null" : "\"" + error + "\"");
    }

    private static List<RunView> runs() {
        return read(
                        RunPage.class,
                        "{\"asOf\":\"" + AS_OF + "\",\"items\":["
                                + String.join(
                                        ",",
                                        ended("2026-03-08T13:45:00Z", "succeeded", 1, ""),
                                        ended("2026-03-08T13:30:00Z", "succeeded", 3, ""),
                                        ended("2026-03-08T13:15:00Z", "dead", 5, "HTTP 503 from ledger"),
                                        ended("2026-03-08T13:00:00Z", "skipped", 1, ""))
                                + "],\"next\":null}")
                .items();
    }

    private static RunView runInFull() {
        String run = ended("2026-03-08T13:15:00Z", "dead", 2, "HTTP 503 from ledger");
        String attempt = """
                {"number":%d,"token":%d,"worker":"n3-w2","startedAt":"2026-03-08T13:15:0%d.000Z",
                 "finishedAt":"2026-03-08T13:15:0%d.250Z","end":"failed","exitCode":3,"error":"HTTP 503 from ledger"}
                """;
        return read(
                RunView.class,
                run.replace(
                        "\"attempts\":null",
                        "\"attempts\":[" + attempt.formatted(1, 700, 1, 2) + "," + attempt.formatted(2, 701, 4, 5)
                                + "]"));
    }

    private static ForecastView forecast() {
        List<Integer> repeating = new ArrayList<>();
        for (int second = 0; second < 80; second++) {
            repeating.add(second == 38 ? 412 : second % 5 == 0 ? 20 : 2);
        }
        return read(ForecastView.class, """
                {"asOf":"%s","tenant":null,"from":"%s","until":"2026-03-08T14:04:42.000Z","stepMs":1000,
                 "repeatingJobs":12,"pausedJobs":3,"fires":812,"typical":2,"peak":null,"wallCount":0,"walls":[],
                 "repeating":%s,"once":[],"tookMs":3,"pauses":[]}
                """.formatted(AS_OF, AS_OF, repeating));
    }

    private static JobPage jobs() {
        return read(
                JobPage.class,
                "{\"asOf\":\"" + AS_OF + "\",\"items\":["
                        + String.join(
                                ",",
                                job("7m2r3tx01k9qf", "billing/ledger-sync", "scheduled"),
                                job("7m2r3tx01k9qb", "etl/ingest-47", "paused"),
                                job("4hh2r3tx0aaaa", "報告/日次", "scheduled"))
                        + "],\"next\":null}");
    }

    private static String job(String id, String name, String state) {
        return """
                {"id":"%s","name":"%s","tenant":"acme","state":"%s","schedule":{"type":"cron","at":null,
                 "everyMs":null,"anchor":null,"cron":"*/15 * * * *","tz":"Europe/Berlin","dst":"cron","except":null,
                 "words":"every 15 minutes"},"nextFireAt":"2026-03-08T14:15:00.000Z","kind":"command",
                 "command":["/opt/sync.sh","--full"],"url":null,"queue":"default","priority":"normal","maxAttempts":5,
                 "timeoutMs":300000,"overlap":"skip","catchUp":"last","labels":{"team":"ledger"},"generation":2,
                 "revision":7,"createdAt":"2026-03-01T09:00:00.000Z","lastRun":%s,"openRuns":null,"nextFires":null,
                 "request":null,"from":null,"until":null,"maxRuns":null,"splayMs":0,"fired":812,"next":[
                 {"at":"2026-03-08T14:15:00.000Z","local":"15:15","inMs":697600,"note":null,
                  "nominalAt":"2026-03-08T14:15:00.000Z"},
                 {"at":"2026-03-08T14:30:00.000Z","local":"15:30","inMs":1597600,"note":null,
                  "nominalAt":"2026-03-08T14:30:00.000Z"}],"pause":null,"backfill":null}
                """.formatted(id, name, state, ended("2026-03-08T13:45:00Z", "succeeded", 1, ""));
    }

    private static DeadPage dead() {
        return read(DeadPage.class, """
                {"asOf":"%s","groups":[
                 {"fingerprint":"a1b2c3d4","count":39,"error":"HTTP 503 from ledger","jobs":["billing/ledger-sync",
                  "billing/close"],"firstAt":"2026-03-08T13:52:04.000Z","lastAt":"2026-03-08T14:03:01.000Z",
                  "lastHour":[0,0,0,0,0,0,0,0,0,2,25,12]},
                 {"fingerprint":"00ffee00","count":2,"error":"exit 137: killed","jobs":["etl/ingest-47"],
                  "firstAt":"2026-03-07T02:00:00.000Z","lastAt":"2026-03-07T02:15:00.000Z"}],
                 "items":[
                 {"diedAt":"2026-03-08T14:03:01.000Z","fingerprint":"a1b2c3d4","error":"HTTP 503 from ledger","run":%s},
                 {"diedAt":"2026-03-08T13:52:04.000Z","fingerprint":"a1b2c3d4","error":"HTTP 503 from ledger","run":%s}
                 ],"next":null}
                """.formatted(
                        AS_OF,
                        ended("2026-03-08T13:15:00Z", "dead", 5, "HTTP 503 from ledger"),
                        ended("2026-03-08T12:45:00Z", "dead", 5, "HTTP 503 from ledger")));
    }

    private static TenantPage tenants() {
        return read(TenantPage.class, """
                {"asOf":"%s","items":[
                 {"name":"acme","submitsPerSec":50,"burst":100,"scheduled":180000,"running":2,"dead":41},
                 {"name":"globex","submitsPerSec":null,"burst":null,"scheduled":2044,"running":1,"dead":0}]}
                """.formatted(AS_OF));
    }

    private static Pulse pulse() {
        long minute = NOW.wallMs() / 60_000;
        List<int[]> skew = new ArrayList<>();
        int[] started = new int[Pulse.MINUTES];
        int[] failed = new int[Pulse.MINUTES];
        for (int i = 0; i < Pulse.MINUTES; i++) {
            int late = Math.max(0, i - 50);
            skew.add(new int[] {1_000 - late * 60, 100, i % 5 == 0 ? 30 : 0, late * 20, late * 30, late * 8, late});
            started[i] = 1_500 + i % 7 * 20;
            failed[i] = late * 3;
        }
        return new Pulse(minute, minute - 42, skew, started, failed);
    }
}
