package dev.kalends.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.ForecastView;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Forecasts through the door: whose jobs, which of them, over which time. */
final class ForecastRouteTest {
    private ServedNode node;
    private RawHttp admin;

    @BeforeEach
    void start() {
        node = new ServedNode(2);
        admin = node.admin();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private static void submit(RawHttp client, String json) {
        RawHttp.Reply reply = client.post("/v1/jobs", json);
        assertEquals(201, reply.status(), reply.text());
    }

    private static void daily(RawHttp client, int count, String name) {
        for (int i = 0; i < count; i++) {
            submit(
                    client,
                    "{\"name\":\"" + name + i + "\",\"cron\":\"0 0 * * *\",\"noop\":true,\"labels\":{\"n\":\"" + i
                            + "\"}}");
        }
    }

    private static ForecastView forecast(RawHttp client, String query) {
        RawHttp.Reply reply = client.get("/v1/forecast" + query);
        assertEquals(200, reply.status(), reply.text());
        return reply.as(ForecastView.class);
    }

    @Test
    void aDayByTheMinuteIsTheDefault() {
        daily(admin, 25, "night/");
        submit(admin, "{\"in\":\"30m\",\"noop\":true}");
        submit(admin, "{\"in\":\"25h\",\"noop\":true}");
        ForecastView view = forecast(admin, "");
        assertEquals(60_000, view.stepMs());
        assertTrue(
                view.repeating().size() >= 1_440 && view.repeating().size() <= 1_441,
                "" + view.repeating().size());
        assertEquals(view.repeating().size(), view.once().size());
        assertEquals(26, view.fires());
        assertEquals(25, view.repeatingJobs());
        assertEquals(1, view.once().stream().mapToLong(Long::longValue).sum());
        ForecastView.Wall wall = view.walls().getFirst();
        assertTrue(wall.at().endsWith("T00:00:00.000Z"), wall.at());
        assertEquals(wall.at(), Objects.requireNonNull(view.peak()).at());
        assertEquals(25, wall.schedules().getFirst().jobs());
        assertEquals("0 0 * * *", wall.schedules().getFirst().schedule().cron());
        assertTrue(Objects.requireNonNull(wall.splay()).peak() < 25, wall.toString());
    }

    @Test
    void nobodySeesAnothersJobs() {
        daily(node.as(ServedNode.TENANT_A), 3, "a/");
        submit(node.as(ServedNode.TENANT_A), "{\"in\":\"30m\",\"noop\":true}");
        daily(node.as(ServedNode.TENANT_B), 2, "b/");
        submit(node.as(ServedNode.TENANT_B), "{\"in\":\"30m\",\"noop\":true}");
        assertEquals(4, forecast(node.as(ServedNode.TENANT_A), "").fires());
        assertEquals(3, forecast(node.as(ServedNode.TENANT_B), "").fires());
        assertEquals(0, forecast(admin, "").fires());
        assertEquals(7, forecast(admin, "?tenant=*").fires());
        assertEquals(4, forecast(admin, "?tenant=a").fires());
        assertEquals(
                403, node.as(ServedNode.TENANT_A).get("/v1/forecast?tenant=b").status());
        assertEquals(
                403, node.as(ServedNode.TENANT_A).get("/v1/forecast?tenant=*").status());
    }

    @Test
    void namesAndLabelsChoose() {
        daily(admin, 3, "night/");
        daily(admin, 2, "day/");
        submit(admin, "{\"name\":\"night/once\",\"in\":\"30m\",\"noop\":true}");
        assertEquals(4, forecast(admin, "?name=night/*").fires());
        assertEquals(2, forecast(admin, "?name=*y/*").fires());
        assertEquals(2, forecast(admin, "?label=n=1").fires());
        assertEquals(1, forecast(admin, "?label=n=1&name=day*").fires());
        assertEquals(0, forecast(admin, "?name=nothing*").fires());
    }

    @Test
    void theStretchIsChosen() {
        submit(admin, "{\"name\":\"tick\",\"every\":\"10s\",\"noop\":true}");
        ForecastView hour = forecast(admin, "?until=1h");
        assertEquals(1_000, hour.stepMs());
        assertTrue(hour.fires() >= 359 && hour.fires() <= 361, "" + hour.fires());
        assertEquals(3_600_000, forecast(admin, "?until=7d").stepMs());
        ForecastView later = forecast(admin, "?from=1d&until=1h&step=15m");
        assertTrue(later.repeating().size() <= 5, "" + later.repeating());
        assertEquals(422, admin.get("/v1/forecast?until=7d&step=1s").status());
        assertEquals(422, admin.get("/v1/forecast?until=1000d").status());
        assertEquals(422, admin.get("/v1/forecast?from=2001-01-01T00:00:00Z").status());
        assertEquals(422, admin.get("/v1/forecast?step=0s").status());
        assertEquals(422, admin.get("/v1/forecast?label=x").status());
    }
}
