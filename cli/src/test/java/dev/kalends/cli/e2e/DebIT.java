package dev.kalends.cli.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.cli.testing.SourceTree;
import dev.kalends.cli.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Debian package: what is in it, that dpkg installs, upgrades and purges it, and that the program starts there. */
final class DebIT {
    private static final Tool DPKG_DEB = Tool.of("dpkg-deb", "dpkg");
    private static final Tool DPKG = Tool.of("dpkg", "dpkg");

    @TempDir
    Path directory;

    private String deb = "";

    @BeforeEach
    void make() throws Exception {
        Tool.Ended made =
                Tool.of(SourceTree.at("scripts/deb").toString(), "kalends").run(directory.toString());
        assertEquals(0, made.status(), made.output());
        deb = made.output().strip();
        assertTrue(deb.matches(".*/kalends_[0-9][^_/]*_all\\.deb"), deb);
        assertEquals(List.of(Path.of(deb)), list(directory), "nothing else is left");
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.toList();
        }
    }

    private static String ok(Tool.Ended ended) {
        assertEquals(0, ended.status(), ended.output());
        return ended.output();
    }

    @Test
    void everythingIsInItsPlace() throws Exception {
        String contents = ok(DPKG_DEB.run("-c", deb));
        for (String file : List.of(
                "./etc/kalends/kalends.conf",
                "./etc/default/kalends",
                "./usr/bin/kalends -> ../lib/kalends/bin/kalends",
                "./usr/lib/kalends/bin/kalends",
                "./usr/lib/systemd/system/kalends.service",
                "./usr/lib/systemd/system/kalends-worker@.service",
                "./usr/lib/sysusers.d/kalends.conf",
                "./usr/share/bash-completion/completions/kalends",
                "./usr/share/zsh/vendor-completions/_kalends",
                "./usr/share/fish/vendor_completions.d/kalends.fish",
                "./usr/share/man/man1/kalends-submit.1.gz",
                "./usr/share/man/man8/kalends-node.8.gz",
                "./usr/share/man/man5/kalends.conf.5.gz",
                "./usr/share/doc/kalends/copyright",
                "./usr/share/doc/kalends/changelog.gz")) {
            assertTrue(contents.contains(" " + file + "\n"), file + " in\n" + contents);
        }
        for (String foreign : List.of(".aot", "uninstall", "/installed", "site-functions", "./usr/local")) {
            assertFalse(contents.contains(foreign), foreign);
        }
        assertTrue(contents.lines().allMatch(line -> line.contains(" root/root ")), contents);
        assertEquals("all", ok(DPKG_DEB.run("-f", deb, "Architecture")).strip());
        assertTrue(ok(DPKG_DEB.run("-f", deb, "Recommends")).contains("openjdk-25-jre-headless | "));
        Path control = directory.resolve("control");
        ok(DPKG_DEB.run("-e", deb, control.toString()));
        assertEquals(
                "/etc/default/kalends\n/etc/kalends/kalends.conf\n", Files.readString(control.resolve("conffiles")));
    }

    /** Where Debian's own checker is, it has nothing to say. */
    @Test
    void theCheckerOfPackagesFindsNothing() throws Exception {
        String said = ok(Tool.of("lintian", "lintian").run("--fail-on", "error,warning", deb));
        assertFalse(said.contains("E: "), said);
        assertFalse(said.contains("W: "), said);
    }

    private Tool.Ended dpkg(Path root, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                "--root=" + root,
                "--force-depends",
                "--force-script-chrootless",
                "--force-confold",
                "--log=/dev/null"));
        all.addAll(List.of(arguments));
        return DPKG.run(all.toArray(String[]::new));
    }

    private Path root() throws IOException {
        Path root = directory.resolve("root");
        Path admin = Files.createDirectories(root.resolve("var/lib/dpkg"));
        Files.createDirectories(admin.resolve("info"));
        Files.createDirectories(admin.resolve("updates"));
        Files.createFile(admin.resolve("status"));
        return root;
    }

    @Test
    void dpkgInstallsUpgradesAndPurgesAndTheProgramStarts() throws Exception {
        Path root = root();
        ok(dpkg(root, "-i", deb));
        assertTrue(ok(dpkg(root, "-s", "kalends")).contains("Status: install ok installed"));
        assertTrue(Files.readString(root.resolve("etc/passwd")).contains("kalends:"), "the services have a user");
        assertTrue(ok(inside(root, "/usr/lib/kalends/bin/kalends", "version")).startsWith("kalends "));
        ok(inside(root, "/usr/lib/kalends/bin/kalends", "next", "--cron", "@daily"));

        Path settings = root.resolve("etc/kalends/kalends.conf");
        Files.writeString(settings, "node-id = n7\n");
        ok(dpkg(root, "-i", deb));
        assertEquals("node-id = n7\n", Files.readString(settings), "an upgrade leaves settings alone");

        Path data = Files.createDirectories(root.resolve("var/lib/kalends/data"));
        ok(dpkg(root, "-r", "kalends"));
        assertFalse(Files.exists(root.resolve("usr/bin/kalends")));
        assertTrue(Files.exists(settings), "until it is purged");
        String purged = ok(dpkg(root, "-P", "kalends"));
        assertFalse(Files.exists(root.resolve("etc/kalends")));
        assertFalse(Files.exists(root.resolve("usr/lib/kalends")));
        assertTrue(Files.exists(data), "data are no settings");
        assertTrue(purged.contains("stay in /var/lib/kalends"), purged);
    }

    /** Runs a program where the installed files lie over this machine's, in a view of its own of the file system. */
    private static Tool.Ended inside(Path root, String... command) throws Exception {
        String over =
                "mount -t overlay -o lowerdir=" + root.resolve("usr/lib") + ":/usr/lib overlay /usr/lib && exec \"$@\"";
        List<String> words = new ArrayList<>(List.of("--mount", "--", "sh", "-c", over, "sh"));
        words.addAll(List.of(command));
        return Tool.of("unshare", "util-linux").run(words.toArray(String[]::new));
    }
}
