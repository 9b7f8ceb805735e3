package dev.kalends.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.api.EditView;
import dev.kalends.api.FireView;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an edit would do is what it then does. */
final class EditPreviewTest {
    private static EditView edit(ServedNode node, String query, String json) {
        RawHttp.Reply reply = node.admin().post("/v1/jobs/j/edit" + query, json);
        assertEquals(200, reply.status(), reply.text());
        return reply.as(EditView.class);
    }

    private static List<String> fires(EditView edit) {
        return edit.next().stream().map(FireView::nominalAt).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"cron\":\"0 3 * * *\" | {\"cron\":\"30 4 * * *\",\"tz\":\"Europe/Berlin\"} | 3",
                "\"cron\":\"0 3 * * *\" | {\"maxRuns\":2} | 2",
                "\"cron\":\"0 3 * * *\" | {\"from\":\"2100-01-01T00:00:00Z\",\"splay\":\"5m\"} | 3",
                "\"every\":\"1h\" | {\"every\":\"2h\",\"anchor\":\"2020-01-01T00:30:00Z\"} | 3",
                "\"in\":\"1h\" | {\"at\":\"2100-01-01T00:00:00Z\"} | 1",
                "\"manual\":true | {\"timeout\":\"5m\"} | 0"
            })
    void theFiresShownAreTheFiresToCome(String when, String change, int count) {
        try (ServedNode node = new ServedNode()) {
            RawHttp.Reply made = node.admin().post("/v1/jobs", "{\"name\":\"j\",\"noop\":true," + when + "}");
            assertEquals(201, made.status(), made.text());
            EditView preview = edit(node, "?dryRun=true", change);
            assertTrue(preview.dryRun());
            assertFalse(preview.changed().isEmpty());
            EditView done = edit(node, "", change);
            assertEquals(fires(done), fires(preview));
            assertEquals(count, fires(preview).size());
            assertEquals(done.changed(), preview.changed());
            assertEquals(done.generation(), preview.generation());
        }
    }

    @Test
    void aPreviewChangesNothing() {
        try (ServedNode node = new ServedNode()) {
            node.admin().post("/v1/jobs", "{\"name\":\"j\",\"noop\":true,\"cron\":\"0 3 * * *\"}");
            String before = node.admin().get("/v1/export").text();
            edit(node, "?dryRun=true", "{\"cron\":\"0 4 * * *\"}");
            assertEquals(before, node.admin().get("/v1/export").text());
        }
    }
}
