package dev.kalends.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.ErrorBody;
import dev.kalends.api.TenantPage;
import dev.kalends.api.TenantView;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Submission rates: the bucket alone, and through the door. */
final class RatesTest {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    @Test
    void aBucketLetsTheBurstThroughAndThenDrips() {
        TokenBucket bucket = new TokenBucket(10, 5, 0);
        for (int i = 0; i < 5; i++) {
            assertEquals(0, bucket.take(1, 0));
        }
        assertEquals(SECOND_NS / 10, bucket.take(1, 0));
        assertEquals(0, bucket.take(1, SECOND_NS / 10));
        assertNotEquals(0, bucket.take(1, SECOND_NS / 10));
        assertEquals(0, bucket.take(5, 10 * SECOND_NS));
        assertNotEquals(0, bucket.take(1, 10 * SECOND_NS));
    }

    @Test
    void aRefusedTakeTakesNothing() {
        TokenBucket bucket = new TokenBucket(1, 2, 0);
        assertEquals(0, bucket.take(1, 0));
        assertNotEquals(0, bucket.take(2, 0));
        assertEquals(0, bucket.take(1, 0));
    }

    @Test
    void aLoanIsPaidBackBeforeAnybodyElseIsServed() {
        TokenBucket bucket = new TokenBucket(100, 10, 0);
        assertEquals(10 * SECOND_NS - SECOND_NS / 10, bucket.borrow(1_000, 0));
        assertNotEquals(0, bucket.take(1, 9 * SECOND_NS));
        assertEquals(0, bucket.take(1, 10 * SECOND_NS));
    }

    @Test
    void aClockThatStandsStillGivesNothing() {
        TokenBucket bucket = new TokenBucket(1, 1, 5 * SECOND_NS);
        assertEquals(0, bucket.take(1, 5 * SECOND_NS));
        assertEquals(SECOND_NS, bucket.take(1, 4 * SECOND_NS));
    }

    @Test
    void overTheRateIs429WithWhenToComeAgainAndNeighboursGoOn() {
        try (ServedNode node = new ServedNode()) {
            RawHttp admin = node.admin();
            TenantView set = admin.call(
                            "PUT", "/v1/tenants/a", "{\"name\":\"a\",\"submitsPerSec\":1,\"burst\":2}".getBytes(UTF_8))
                    .as(TenantView.class);
            assertEquals(1, set.submitsPerSec());
            RawHttp a = node.as(ServedNode.TENANT_A);
            String job = "{\"in\":\"1h\",\"noop\":true}";
            RawHttp.Reply last = a.post("/v1/jobs", job);
            for (int i = 0; i < 50 && last.status() == 201; i++) {
                last = a.post("/v1/jobs", job);
            }
            assertEquals(429, last.status(), last.text());
            assertEquals("throttled", last.as(ErrorBody.class).error().code());
            assertTrue(Long.parseLong(Objects.requireNonNull(last.headers().get("retry-after"))) >= 1);
            assertEquals(201, node.as(ServedNode.TENANT_B).post("/v1/jobs", job).status());
            assertEquals(201, admin.post("/v1/jobs", job).status());
            assertTrue(admin.get("/metrics").text().contains("kalends_throttled_total 1\n"));
        }
    }

    @Test
    void aBulkOverTheRateSlowsDownAndLosesNothing() {
        try (ServedNode node = new ServedNode()) {
            RawHttp admin = node.admin();
            admin.call("PUT", "/v1/tenants/a", "{\"name\":\"a\",\"submitsPerSec\":1000,\"burst\":1}".getBytes(UTF_8));
            long startNs = System.nanoTime();
            String reply = node.as(ServedNode.TENANT_A)
                    .post("/v1/jobs:bulk", "{\"in\":\"1h\",\"noop\":true}\n".repeat(1_500))
                    .text();
            assertEquals(
                    1_500,
                    reply.lines()
                            .filter(line -> line.contains("\"created\":true"))
                            .count());
            assertTrue(System.nanoTime() - startNs >= 1_400_000_000L, "not slowed down");
        }
    }

    @Test
    void limitsAreCheckedAndListed() {
        try (ServedNode node = new ServedNode(2)) {
            RawHttp admin = node.admin();
            for (String wrong : new String[] {
                "{\"name\":\"b\",\"submitsPerSec\":1}", "{\"name\":\"a\",\"submitsPerSec\":0}",
                "{\"name\":\"a\",\"burst\":5}", "{\"name\":\"a\",\"submitsPerSec\":99999999}"
            }) {
                assertEquals(
                        422,
                        admin.call("PUT", "/v1/tenants/a", wrong.getBytes(UTF_8))
                                .status(),
                        wrong);
            }
            admin.call("PUT", "/v1/tenants/a", "{\"name\":\"a\",\"submitsPerSec\":7}".getBytes(UTF_8));
            admin.post("/v1/jobs", "{\"in\":\"1h\",\"noop\":true}");
            TenantPage page = admin.get("/v1/tenants").as(TenantPage.class);
            assertEquals(2, page.items().size());
            assertEquals(7, page.items().getFirst().submitsPerSec());
            assertEquals(1L, page.items().getLast().scheduled());
        }
    }
}
