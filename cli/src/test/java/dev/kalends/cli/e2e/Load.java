package dev.kalends.cli.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One-off jobs at an even rate, submitted in pieces while the node comes and goes: a piece that was not answered in
 * full is submitted again, as a script would do it.
 */
final class Load {
    private static final Pattern ACCEPTED = Pattern.compile("\"id\":\"([0-9a-z]+)\".*?\"line\":(\\d+)");
    private static final int DOWN = 6;
    private static final int JOBS_A_PIECE = 250;
    private static final int TRIES_MAX = 40;

    private final Home home;
    private final Witness witness;
    private final Set<String> runs = ConcurrentHashMap.newKeySet();

    Load(Home home, Witness witness) {
        this.home = home;
        this.witness = witness;
    }

    /** The ids of all runs that were accepted. */
    Set<String> runs() {
        return runs;
    }

    /** Submits a rate for a stretch of time that starts in a moment. */
    void submit(int aSecond, Duration stretch) throws Exception {
        int count = Math.toIntExact(stretch.toMillis() * aSecond / 1000);
        long fromMs = System.currentTimeMillis() + 3_000;
        for (int i = 0; i < count; i += JOBS_A_PIECE) {
            StringBuilder piece = new StringBuilder();
            List<String> instants = new ArrayList<>();
            for (int k = i; k < Math.min(count, i + JOBS_A_PIECE); k++) {
                String at = Instant.ofEpochMilli(fromMs + k * 1000L / aSecond).toString();
                instants.add(at);
                piece.append("{\"at\":\"").append(at).append("\",\"maxAttempts\":30,\"backoff\":\"100ms..1s\",");
                piece.append("\"command\":").append(witness.command("")).append("}\n");
            }
            send(Files.writeString(home.file("piece-" + i), piece), instants);
            // Not the whole load at once: some pieces meet a node that is down.
            long aheadMs = fromMs + i * 1000L / aSecond - System.currentTimeMillis() - 4_000;
            Await.passing(Duration.ofMillis(Math.max(0, aheadMs)));
        }
    }

    /** A run is named by the instant that was asked for, also when it was past by the time it was accepted. */
    private void send(Path piece, List<String> instants) throws Exception {
        for (int tries = 1; ; tries++) {
            Ended ended = home.run("submit", "-f", piece.toString(), "-o", "ndjson", "--request-timeout", "20s");
            Matcher accepted = ACCEPTED.matcher(ended.out());
            while (accepted.find()) {
                runs.add(Witness.runId(accepted.group(1), instants.get(Integer.parseInt(accepted.group(2)) - 1)));
            }
            if (ended.status() != DOWN || tries == TRIES_MAX) {
                ended.expect(0).expectNoTrace();
                return;
            }
        }
    }
}
