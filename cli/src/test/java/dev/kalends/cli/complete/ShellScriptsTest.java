package dev.kalends.cli.complete;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.cli.main.Catalog;
import dev.kalends.cli.testing.SourceTree;
import dev.kalends.cli.testing.Tmux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The completion scripts at work in real shells on a real terminal. In place of {@code kalends} stands a script that
 * answers {@code __complete} and writes down what it was asked.
 */
final class ShellScriptsTest {
    private static final String STAND_IN = """
            #!/bin/sh
            echo "$*" >> "$ASKED"
            case " $* " in
            *" __complete job "* | *" __complete job-or-run "*)
                case " $* " in
                *@*) printf 'flaky@20261125T192604.140Z\\tdead\\nflaky@latest\\tits latest run\\n' ;;
                *) printf 'billing/ledger-sync\\tscheduled\\nflaky\\tfinished\\n' ;;
                esac ;;
            *" __complete dead "*) printf 'flaky@20261125T192604.140Z\\tdead\\n' ;;
            *" __complete node "*) printf 'node-2\\tfit\\n' ;;
            *" __complete zone "*) printf 'Europe/Berlin\\n' ;;
            *) exit 3 ;;
            esac
            """;

    /** What is typed before Tab, and what stands there then. */
    private static final Map<String, String> COMPLETED = Map.ofEntries(
            Map.entry("kalends subm", "kalends submit "),
            Map.entry("kalends dlq red", "kalends dlq redrive "),
            Map.entry("kalends submit --dry", "kalends submit --dry-run "),
            Map.entry("kalends submit --overlap rep", "kalends submit --overlap replace "),
            Map.entry("kalends ls --state=wai", "kalends ls --state=waiting "),
            Map.entry("kalends show bil", "kalends show billing/ledger-sync "),
            Map.entry("kalends logs flaky@2026", "kalends logs flaky@20261125T192604.140Z "),
            Map.entry("kalends logs flaky@la", "kalends logs flaky@latest "),
            Map.entry("kalends dlq show fla", "kalends dlq show flaky@20261125T192604.140Z "),
            Map.entry("kalends nodes drain no", "kalends nodes drain node-2 "),
            Map.entry("kalends submit --tz Euro", "kalends submit --tz Europe/Berlin "),
            Map.entry("kalends -o nd", "kalends -o ndjson "),
            Map.entry("kalends --request-timeout 5s wai", "kalends --request-timeout 5s wait "),
            Map.entry("kalends submit --in 1s -- xarg", "kalends submit --in 1s -- xargs "),
            Map.entry("kalends backup /etc/alternat", "kalends backup /etc/alternatives/"));

    @TempDir
    Path home;

    private Path asked() {
        return home.resolve("asked");
    }

    @ParameterizedTest
    @EnumSource(ShellKind.class)
    void scriptsAreFresh(ShellKind shell) throws IOException {
        Path file = SourceTree.at("completion/" + shell.file());
        String shipped = Files.exists(file) ? Files.readString(file) : "";
        assertEquals(
                shell.script(new CommandTree(Catalog.commands())),
                shipped,
                "completion/" + shell.file() + " is stale: run scripts/pages");
    }

    @ParameterizedTest
    @EnumSource(ShellKind.class)
    void wordsAreCompleted(ShellKind shell) throws IOException, InterruptedException {
        try (Tmux terminal = start(shell)) {
            for (Map.Entry<String, String> line : COMPLETED.entrySet()) {
                terminal.type(line.getKey());
                terminal.press("Tab");
                // A letter after it shows whether a space was put there.
                terminal.type("X");
                terminal.await(shell + " " + line, screen -> screen.contains("READY> " + line.getValue() + "X"));
                terminal.press("C-u");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ShellKind.class)
    void nodeAndTenantOfTheLineAreAsked(ShellKind shell) throws IOException, InterruptedException {
        try (Tmux terminal = start(shell)) {
            terminal.type("kalends --node http://n9:7070 -T acme pause fla");
            terminal.press("Tab");
            terminal.await("pause flaky");
        }
        assertTrue(
                Files.readString(asked()).contains("--node http://n9:7070 -T acme __complete job -- fla"),
                Files.readString(asked()));
    }

    @ParameterizedTest
    @EnumSource(
            value = ShellKind.class,
            names = {"ZSH", "FISH"})
    void wordsAreExplained(ShellKind shell) throws IOException, InterruptedException {
        try (Tmux terminal = start(shell)) {
            terminal.type("kalends dlq ");
            terminal.press("Tab", "Tab");
            terminal.await("Drop dead letters for good");
        }
        try (Tmux terminal = start(shell)) {
            terminal.type("kalends trigger --f");
            terminal.press("Tab", "Tab");
            terminal.await("also while another run of it is open");
        }
    }

    @Test
    void namesWithStrangeCharactersAreQuoted() throws IOException, InterruptedException {
        try (Tmux terminal = start(ShellKind.BASH)) {
            Files.writeString(home.resolve("bin/kalends"), "#!/bin/sh\nprintf 'it&s/$HOME\\tscheduled\\n'\n");
            terminal.type("kalends show it");
            terminal.press("Tab");
            terminal.await("kalends show it\\&s/\\$HOME ");
        }
    }

    @Test
    void silenceOfTheNodeIsNoTrouble() throws IOException, InterruptedException {
        try (Tmux terminal = start(ShellKind.BASH)) {
            Files.writeString(home.resolve("bin/kalends"), "#!/bin/sh\necho broken >&2\nexit 1\n");
            terminal.type("kalends show it");
            terminal.press("Tab", "Tab");
            terminal.type("X");
            assertTrue(!terminal.await("kalends show itX").contains("broken"));
        }
    }

    private Tmux start(ShellKind shell) throws IOException, InterruptedException {
        Path bin = Files.createDirectories(home.resolve("bin"));
        Path standIn = Files.writeString(bin.resolve("kalends"), STAND_IN);
        Files.setPosixFilePermissions(standIn, PosixFilePermissions.fromString("rwxr-xr-x"));
        Map<String, String> variables = Map.of(
                "HOME", home.toString(),
                "XDG_DATA_HOME", home.resolve("data").toString(),
                "XDG_CONFIG_HOME", home.resolve("config").toString(),
                "ASKED", asked().toString(),
                "HISTFILE", "/dev/null",
                "TERM", "screen-256color",
                "PATH", bin + ":/usr/bin:/bin");
        String scripts = SourceTree.at("completion").toString();
        Tmux terminal = Tmux.start(variables, command(shell).toArray(String[]::new));
        try {
            terminal.type(String.join("; ", setUp(shell, scripts)));
            terminal.press("Enter");
            terminal.await("a prompt", screen -> screen.lines().anyMatch(line -> line.startsWith("READY>")));
            return terminal;
        } catch (AssertionError e) {
            terminal.close();
            throw e;
        }
    }

    private static List<String> command(ShellKind shell) {
        return switch (shell) {
            case BASH -> List.of("bash", "--norc", "--noprofile", "-i");
            case ZSH -> List.of("zsh", "-f", "-i");
            case FISH -> List.of("fish", "--no-config", "-i");
        };
    }

    private static List<String> setUp(ShellKind shell, String scripts) {
        return switch (shell) {
            case BASH -> List.of("source " + scripts + "/kalends.bash", "PS1='READY> '", "clear");
            case ZSH ->
                List.of(
                        "fpath=(" + scripts + " $fpath)",
                        "autoload -Uz compinit",
                        "compinit -D -u",
                        "PS1='READY> '",
                        "clear");
            case FISH ->
                List.of(
                        "source " + scripts + "/kalends.fish",
                        "function fish_prompt; echo -n 'READY> '; end",
                        "set fish_autosuggestion_enabled 0",
                        "clear");
        };
    }
}
