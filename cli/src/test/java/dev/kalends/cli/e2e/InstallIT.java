package dev.kalends.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.cli.testing.SourceTree;
import dev.kalends.cli.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program is installed, works there, and goes away without a trace. */
final class InstallIT {
    private static final Tool INSTALL = Tool.of(SourceTree.at("scripts/install").toString(), "kalends");

    @TempDir
    Path directory;

    private static List<String> files(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(path -> !Files.isDirectory(path))
                    .map(path -> root.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    private static void ok(Tool.Ended ended) {
        assertEquals(0, ended.status(), ended.output());
    }

    @Test
    void installedItWorksAndGoesAwayAgain() throws Exception {
        Path prefix = directory.resolve("usr");
        Tool.Ended installed = INSTALL.with(Map.of("PREFIX", prefix.toString())).run();
        ok(installed);
        assertFalse(installed.output().contains("note: the AOT cache"), installed.output());
        Tool kalends = Tool.of(prefix.resolve("bin/kalends").toString(), "kalends");
        assertTrue(kalends.run("version").output().startsWith("kalends "));
        ok(kalends.run("next", "--cron", "@daily"));
        assertTrue(Files.exists(prefix.resolve("share/man/man1/kalends-submit.1")));
        assertTrue(Files.exists(prefix.resolve("share/man/man8/kalends-node.8")));
        assertTrue(Files.exists(prefix.resolve("share/bash-completion/completions/kalends")));
        assertTrue(Files.exists(prefix.resolve("share/zsh/site-functions/_kalends")));
        assertTrue(Files.exists(prefix.resolve("share/fish/vendor_completions.d/kalends.fish")));
        Path unit = prefix.resolve("lib/systemd/system/kalends.service");
        assertTrue(Files.readString(unit).contains("ExecStart=" + prefix + "/bin/kalends node"));

        ok(INSTALL.with(Map.of("PREFIX", prefix.toString())).run());
        Path foreign = Files.writeString(prefix.resolve("share/man/man1/other.1"), "not ours");
        ok(Tool.of(prefix.resolve("lib/kalends/bin/uninstall").toString(), "kalends")
                .run());
        assertEquals(List.of("share/man/man1/other.1"), files(prefix));
        assertTrue(Files.exists(foreign));
        assertFalse(Files.exists(prefix.resolve("lib/kalends")));
    }

    @Test
    void aPackageIsMadeElsewhere() throws Exception {
        Map<String, String> places = Map.of("PREFIX", "/usr", "DESTDIR", directory.toString());
        ok(INSTALL.with(places).run());
        String launch = Files.readString(directory.resolve("usr/lib/kalends/program/dist/launch"));
        assertTrue(launch.startsWith("/usr/lib/kalends/program/dist/kalends-cli-"), launch);
        assertFalse(launch.contains(directory.toString()), launch);
        ok(Tool.of(SourceTree.at("scripts/uninstall").toString(), "kalends")
                .with(places)
                .run());
        assertEquals(List.of(), files(directory));
    }

    @Test
    void systemdUnderstandsTheUnits() throws Exception {
        Path prefix = directory.resolve("usr");
        ok(INSTALL.with(Map.of("PREFIX", prefix.toString())).run());
        Path units = prefix.resolve("lib/systemd/system");
        Files.copy(units.resolve("kalends-worker@.service"), units.resolve("kalends-worker@reports.service"));
        for (String unit : List.of("kalends.service", "kalends-worker@reports.service")) {
            Tool.Ended verified = Tool.of("systemd-analyze", "systemd")
                    .run(
                            "verify",
                            "--man=no",
                            "--recursive-errors=no",
                            units.resolve(unit).toString());
            assertEquals(0, verified.status(), verified.output());
            assertFalse(verified.output().contains(unit), verified.output());
        }
    }

    @Test
    void whatIsWrongIsSaid() throws Exception {
        assertEquals(2, INSTALL.with(Map.of("PREFIX", "relative")).run().status());
        assertEquals(2, INSTALL.with(Map.of("PREFIX", directory + "/a b")).run().status());
        Tool uninstall = Tool.of(SourceTree.at("scripts/uninstall").toString(), "kalends");
        assertEquals(
                3, uninstall.with(Map.of("PREFIX", directory.toString())).run().status());
    }
}
