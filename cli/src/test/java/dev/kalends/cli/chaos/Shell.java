package dev.kalends.cli.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The checkout, and what its scripts know: where servers are found and how they are set up. */
record Shell(Path top) {
    private static final String LIBRARIES =
            "set -eu; . ./scripts/lib/jdk.sh; . ./scripts/lib/jars.sh; . ./scripts/lib/kafka.sh;"
                    + " . ./scripts/lib/etcd.sh; . ./scripts/lib/faketime.sh; find_jdk || no_jdk; ";

    /** The checkout that the tests are run in. */
    static Shell here() {
        Path top = Path.of("").toAbsolutePath();
        while (!Files.exists(top.resolve("scripts/lib/kafka.sh"))) {
            top = Optional.ofNullable(top.getParent())
                    .orElseThrow(() -> new CellFailure(
                            "not inside a checkout; directory=" + Path.of("").toAbsolutePath()));
        }
        return new Shell(top);
    }

    /** The words of a command that has the libraries at hand; the shell becomes what it starts last. */
    List<String> words(String script) {
        return List.of("sh", "-c", "cd '" + top + "'; " + LIBRARIES + script);
    }

    /** Runs to its end; answers the last line of its output. */
    String run(String script) {
        return run(words(script));
    }

    String run(List<String> words) {
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new CellFailure(
                        "a command failed; status=" + status + " command=" + words.getLast() + "\n" + said);
            }
            return said.lines().reduce("", (_, last) -> last);
        } catch (IOException e) {
            throw new CellFailure("a command cannot be run; command=" + words + " reason=" + e.getMessage());
        } catch (InterruptedException e) {
            throw new CellFailure("interrupted; command=" + words);
        }
    }
}
