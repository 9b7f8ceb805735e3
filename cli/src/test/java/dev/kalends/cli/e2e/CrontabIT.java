package dev.kalends.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A crontab moves to a node, its jobs run there as cron would run them, and everything moves on to another node. */
final class CrontabIT {
    private static final Duration A_MINUTE_AND_MORE = Duration.ofSeconds(90);
    private static final int PARTLY_FAILED = 7;
    private static final String SAYS = "echo \"$LOGNAME|$(id -un)|$GREETING|$0|$PWD|$PATH\"; cat";

    /** Users that a worker of this user can start commands of. */
    private static List<String> users() {
        String self = System.getProperty("user.name");
        return self.equals("root") ? List.of("root", "nobody") : List.of(self);
    }

    private static Path crontab(Home home) throws Exception {
        List<String> lines =
                new ArrayList<>(List.of("SHELL=/bin/bash", "GREETING = \"hello  there\"", "RANDOM_DELAY=0"));
        for (String user : users()) {
            lines.add("0 0 1 1 * " + user + " " + SAYS + "%first line%50\\% of the second");
        }
        lines.add("* * * * * " + users().getFirst() + " echo tick");
        lines.add("@reboot " + users().getFirst() + " echo never");
        return Files.write(home.file("tab"), lines);
    }

    @Test
    void jobsRunAsCronWouldRunThem() throws Exception {
        try (Home home = Home.make();
                Home other = Home.make()) {
            home.node();
            Path tab = crontab(home);
            String[] words = {"import", "crontab", tab.toString(), "--user-column", "--yes", "--tz", "UTC"};
            Ended first = home.run(words).expect(PARTLY_FAILED);
            assertTrue(first.err().contains("line 7: @reboot"), first::err);
            List<String> names = names(first, "created");
            assertEquals(users().size() + 1, names.size(), first.out());

            for (int i = 0; i < users().size(); i++) {
                String user = users().get(i);
                home.run("trigger", names.get(i), "--wait").expect(0);
                List<String> said = home.run("logs", names.get(i)).expect(0).lines();
                String[] fields = said.getFirst().split("\\|", -1);
                assertEquals(
                        List.of(user, user, "hello  there", "/bin/bash"),
                        List.of(fields).subList(0, 4));
                assertEquals("/usr/bin:/bin", fields[5]);
                assertEquals(List.of("first line", "50% of the second"), said.subList(1, 3));
            }
            String ticks = names.getLast();
            Await.until(
                    "cron's minute comes",
                    A_MINUTE_AND_MORE,
                    () -> home.run("runs", ticks).out().contains("succeeded"));
            assertTrue(home.run("logs", ticks).expect(0).out().contains("tick"));

            Ended again = home.run(words).expect(PARTLY_FAILED);
            assertEquals(names, names(again, "unchanged"));
            movesOn(home, other);
        }
    }

    /** What is exported, submitted to an empty node and exported again is the same. */
    private static void movesOn(Home home, Home other) throws Exception {
        home.run("submit", "--every", "90m", "--name", "period", "--timeout", "5m", "--", "/bin/true")
                .expect(0);
        home.run("submit", "--in", "3h", "--key", "k", "--http", "POST", "http://127.0.0.1:1/", "--body", "b")
                .expect(0);
        home.run("submit", "--manual", "--noop", "-l", "a=b").expect(0);
        String exported = home.run("export").expect(0).out();
        assertEquals(users().size() + 4, exported.lines().count(), exported);
        Path file = Files.writeString(home.file("export.ndjson"), exported);
        other.node();
        other.run("submit", "-f", file.toString()).expect(0);
        assertEquals(exported, other.run("export").expect(0).out());
    }

    private static List<String> names(Ended ended, String outcome) {
        return ended.lines().stream()
                .map(line -> line.split("\t", -1))
                .filter(fields -> fields[1].equals(outcome))
                .map(fields -> fields[2])
                .toList();
    }
}
