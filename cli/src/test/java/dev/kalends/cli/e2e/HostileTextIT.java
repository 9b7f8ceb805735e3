package dev.kalends.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What jobs say reaches a terminal as text: no escape, no bidi control, no NUL, and no 10 MB line stops anything. */
final class HostileTextIT {
    private static final int LINE_BYTES = 10_000_000;

    @Test
    void onlyTextReachesTheTerminal() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "needs script (util-linux) for a terminal");
        try (Home home = Home.make()) {
            home.node();
            String evil = "\\033[2J\\033]0;title\\007red\\000nul\\342\\200\\256bidi\\302\\233C1\\177\\r\\n";
            // Both streams: the last words become the error, and the error gets into lists, events and dead letters.
            String script = "printf '" + evil + "'; printf '" + evil + "' >&2; exit 3";
            submit(home, "--name evil -l note=a\u001b[31m", script, "\u001b[2Jargument\u202e")
                    .expectNoTrace();
            submit(home, "--name evil", script, "\u001b[2Jargument\u202e");
            submit(home, "--name wide", "head -c " + LINE_BYTES + " /dev/zero | tr '\\0' x; printf '\\033[31mend'", "")
                    .expect(0);
            for (String name : List.of("evil", "wide")) {
                Await.until(name + " has ended", Duration.ofSeconds(60), () -> {
                    String state =
                            home.run("show", name + "@latest", "-o", "json").out();
                    return state.contains("\"state\":\"dead\"") || state.contains("\"state\":\"succeeded\"");
                });
            }
            for (String command : List.of(
                    "logs evil",
                    "show evil",
                    "show evil@latest",
                    "runs",
                    "runs -o wide",
                    "dlq ls",
                    "events",
                    "ls",
                    "logs wide",
                    "show wide@latest",
                    "status",
                    "show \"$(printf 'no\\033[31mjob')\"")) {
                harmless(home, command);
            }
        }
    }

    private static Ended submit(Home home, String flags, String script, String argument) throws Exception {
        List<String> words = new ArrayList<>(List.of("submit", "--in", "0s", "--max-attempts", "1"));
        words.addAll(List.of(flags.split(" ", -1)));
        words.addAll(List.of("--", "/bin/sh", "-c", script, argument));
        return home.run(words.toArray(String[]::new));
    }

    private static void harmless(Home home, String command) throws Exception {
        Path screen = home.file("screen");
        String program = Path.of(System.getProperty("kalends.program", "../scripts/kalends"))
                .toRealPath()
                .toString();
        Process process = home.builder(
                        List.of("/usr/bin/script", "-qec", program + " --no-color " + command, "/dev/null"))
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(screen.toFile())
                .start();
        process.waitFor();
        byte[] raw = Files.readAllBytes(screen);
        String text = new String(raw, java.nio.charset.StandardCharsets.UTF_8);
        assertTrue(text.strip().length() > 3, "nothing on the screen; command=" + command);
        assertTrue(raw.length < 2_000_000, "bounded: command=" + command + " bytes=" + raw.length);
        text.codePoints()
                .forEach(c -> assertTrue(
                        isText(c),
                        () -> "U+" + Integer.toHexString(c) + " by " + command + ":\n"
                                + text.substring(0, Math.min(2_000, text.length()))));
        assertTrue(!text.contains("Exception"), text);
    }

    private static boolean isText(int c) {
        boolean kept = c == '\n' || c == '\r' || c == '\t';
        boolean control = !kept && Character.getType(c) == Character.CONTROL;
        // Marks, embeddings, overrides and isolates are of the type format, as are other characters without a shape.
        boolean formats = Character.getType(c) == Character.FORMAT;
        return !control && !formats;
    }
}
