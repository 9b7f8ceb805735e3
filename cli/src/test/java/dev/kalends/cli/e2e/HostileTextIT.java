package dev.kalends.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
            home.run(
                            "submit",
                            "--name",
                            "evil",
                            "--in",
                            "0s",
                            "--max-attempts",
                            "1",
                            "-l",
                            "note=a\u001b[31m",
                            "--",
                            "/bin/sh",
                            "-c",
                            script,
                            "\u001b[2Jargument\u202e")
                    .expectNoTrace();
            home.run(
                    "submit",
                    "--name",
                    "evil",
                    "--in",
                    "0s",
                    "--max-attempts",
                    "1",
                    "--",
                    "/bin/sh",
                    "-c",
                    script,
                    "\u001b[2Jargument\u202e");
            home.run(
                            "submit",
                            "--name",
                            "wide",
                            "--in",
                            "0s",
                            "--max-attempts",
                            "1",
                            "--",
                            "/bin/sh",
                            "-c",
                            "head -c " + LINE_BYTES + " /dev/zero | tr '\\0' x; printf '\\033[31mend'")
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
        boolean control = c < 0x20 && c != '\n' && c != '\r' && c != '\t' || c >= 0x7f && c < 0xa0;
        boolean bidi = c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069 || c == 0x200e || c == 0x200f;
        return !control && !bidi;
    }
}
