package dev.kalends.cli.shell;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.api.StatsView;
import dev.kalends.cli.command.Session;
import dev.kalends.client.ClientSettings;
import dev.kalends.client.NodeClient;
import dev.kalends.tui.text.SafeText;
import java.net.URI;
import java.time.Duration;

/**
 * What the prompt says: which node answers, and whether anything needs somebody. Asked anew for each prompt, which
 * waits for the answer at most 150 ms (the first one, of a JVM that has just started, a second) and else shows what was
 * known before.
 */
final class Health {
    private static final long ANSWER_WITHIN_MS = 150;
    private static final long FIRST_ANSWER_WITHIN_MS = 1_000;
    private static final String UNKNOWN = "?";

    private final NodeClient client;
    private volatile State known;

    /**
     * What is known.
     *
     * @param node its name, or its address while it has not answered
     * @param word {@code ok}, or what is not
     */
    record State(String node, String word) {
        boolean fine() {
            return word.equals("ok");
        }
    }

    Health(Session session) {
        ClientSettings settings = session.clientSettings();
        URI first = settings.nodes().getFirst();
        client = new NodeClient(new ClientSettings(
                settings.nodes(), settings.tenant(), settings.tokens(), Duration.ofSeconds(1), settings.clock()));
        known = new State(first.getAuthority(), UNKNOWN);
    }

    /** The state now, or the last one known. */
    State look() {
        Thread asking = Thread.ofVirtual().start(this::ask);
        try {
            boolean first = known.word().equals(UNKNOWN);
            asking.join(Duration.ofMillis(first ? FIRST_ANSWER_WITHIN_MS : ANSWER_WITHIN_MS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return known;
    }

    private void ask() {
        try {
            known = state(client.stats());
        } catch (ApiException e) {
            String word = e.code() == ErrorCode.UNAUTHORIZED || e.code() == ErrorCode.FORBIDDEN ? "refused" : "away";
            known = new State(known.node(), word);
        }
    }

    private static State state(StatsView stats) {
        String word = "ok";
        if (stats.dead() > 0) {
            word = stats.dead() + " dead";
        } else if (stats.skew().count() > 0
                && stats.skew().p99Ms() > stats.skew().sloMs()) {
            word = "late";
        }
        return new State(SafeText.line(stats.node()), word);
    }
}
