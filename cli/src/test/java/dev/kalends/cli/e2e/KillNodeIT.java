package dev.kalends.cli.e2e;

import org.junit.jupiter.api.Test;

/** The node is killed with -9 again and again under load: nothing is lost, done twice or done early. */
final class KillNodeIT {
    @Test
    void losesAndDoublesNothing() throws Exception {
        try (Home home = Home.make()) {
            Daemon[] node = {home.node("--workers", "32")};
            new Rounds(home, 3).run("KillNodeIT", _ -> {
                node[0].kill();
                node[0] = home.node("--workers", "32");
            });
        }
    }
}
