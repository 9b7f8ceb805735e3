package dev.kalends.tui.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.client.ClientSettings;
import dev.kalends.time.MonotonicClock;
import dev.kalends.tui.model.Interest;
import dev.kalends.tui.model.Link;
import dev.kalends.tui.model.Reading;
import dev.kalends.tui.model.View;
import dev.kalends.tui.testing.AnsweringNode;
import dev.kalends.tui.testing.Samples;
import dev.kalends.tui.update.Msg;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The feed reads from one node, and goes on to the next when that one is gone. */
@Timeout(60)
final class FeedTest {
    private final LinkedBlockingQueue<Msg> messages = new LinkedBlockingQueue<>();

    private Feed feed(AnsweringNode... nodes) {
        ClientSettings settings = new ClientSettings(
                List.of(nodes).stream().map(AnsweringNode::url).toList(),
                Optional.empty(),
                _ -> Optional.empty(),
                Duration.ofSeconds(10),
                MonotonicClock.system());
        return new Feed(settings, new Interest(View.TENANTS, "", "", 500), messages::add);
    }

    private static AnsweringNode node() throws IOException {
        return new AnsweringNode().on("GET /v1/stats", _ -> Samples.stats());
    }

    private <T extends Msg> T await(Class<T> type, Predicate<T> wanted) throws InterruptedException {
        while (true) {
            Msg msg = messages.poll(30, TimeUnit.SECONDS);
            assertTrue(msg != null, "nothing came in time: " + type);
            if (type.isInstance(msg) && wanted.test(type.cast(msg))) {
                return type.cast(msg);
            }
        }
    }

    @Test
    void readsAndSaysThatTheNodeLives() throws Exception {
        try (AnsweringNode node = node();
                Feed feed = feed(node)) {
            feed.start();
            await(Msg.Got.class, got -> got.reading() instanceof Reading.Stats);
            Link link = await(Msg.LinkChanged.class, _ -> true).link();
            assertEquals(new Link.State.Up(), link.state());
            assertEquals("n1", link.node());
        }
    }

    @Test
    void goesOnToTheNextNodeAndSaysSo() throws Exception {
        try (AnsweringNode first = node();
                AnsweringNode second = node();
                Feed feed = feed(first, second)) {
            feed.start();
            await(Msg.Got.class, got -> got.reading() instanceof Reading.Stats);
            first.end();
            Link.State.Lost lost = (Link.State.Lost)
                    await(Msg.LinkChanged.class, msg -> msg.link().state() instanceof Link.State.Lost)
                            .link()
                            .state();
            assertEquals("n1", lost.lost());
            assertEquals(second.url().getHost() + ":" + second.url().getPort(), lost.next());
            await(Msg.LinkChanged.class, msg -> msg.link().state() instanceof Link.State.Up);
            assertTrue(second.asked().contains("GET /v1/stats"));
        }
    }

    @Test
    void aReadThatIsRefusedIsToldAndTheOthersGoOn() throws Exception {
        try (AnsweringNode node = node();
                Feed feed = feed(node)) {
            feed.start();
            await(Msg.Unread.class, unread -> unread.why().contains("no such route"));
            await(Msg.Got.class, got -> got.reading() instanceof Reading.Stats);
        }
    }
}
