package dev.kalends.cli.oncall;

import dev.kalends.cli.io.Clocks;
import dev.kalends.schedule.DurationText;
import dev.kalends.schedule.InstantText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** What is checked of this machine, whether or not a node runs: Java, the clock, limits, isolation of jobs. */
final class MachineChecks {
    private static final int JAVA_MIN = 25;
    private static final long CLOCK_MIN_MS =
            Instant.parse("2025-01-01T00:00:00Z").toEpochMilli();
    private static final long CLOCK_MAX_MS =
            Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final SoftLimit FILES = new SoftLimit("open-files", "open files", 4096, 512, "-n, LimitNOFILE=");
    private static final SoftLimit PROCESSES =
            new SoftLimit("processes", "processes and threads", 2048, 256, "-u, TasksMax= and LimitNPROC=");
    private static final long PROBE_MAX_S = 5;

    private MachineChecks() {}

    static Check java() {
        int feature = Runtime.version().feature();
        String found = Runtime.version() + ", " + System.getProperty("java.vm.vendor", "unknown vendor");
        return feature >= JAVA_MIN
                ? Check.ok("java", found)
                : Check.fail("java", found, "install a JDK " + JAVA_MIN + " and set JAVA_HOME");
    }

    static Check clock(Clocks clocks) {
        long nowMs = clocks.wall().nowMs();
        String found = InstantText.format(nowMs) + ", zone " + clocks.zone().getId();
        if (nowMs < CLOCK_MIN_MS || nowMs > CLOCK_MAX_MS) {
            return Check.fail("clock", found, "set the clock of this machine: jobs run by it");
        }
        return Check.ok("clock", found);
    }

    /** Open files and processes, as this user's programs get them. */
    static List<Check> limits() throws IOException {
        if (!Files.isReadable(LIMITS)) {
            return List.of(Check.warn(
                    "open-files",
                    "not known: " + LIMITS + " is missing",
                    "allow " + FILES.wanted() + " open files at least: ulimit -n"));
        }
        List<String> lines = Files.readAllLines(LIMITS);
        return List.of(FILES.judge(soft("Max open files", lines)), PROCESSES.judge(soft("Max processes", lines)));
    }

    /** A soft limit in the lines of {@code /proc/PID/limits}; empty for none. */
    static OptionalLong soft(String limit, List<String> lines) {
        for (String line : lines) {
            if (line.startsWith(limit)) {
                String soft = line.substring(limit.length()).strip().split("\\s+", 2)[0];
                return soft.chars().allMatch(Character::isDigit)
                        ? OptionalLong.of(Long.parseLong(soft))
                        : OptionalLong.empty();
            }
        }
        return OptionalLong.empty();
    }

    /** Tries what a worker would do: a process namespace, in which nothing outlives its first process. */
    static Check isolation() throws IOException, InterruptedException {
        if (succeeds("unshare", "--pid", "--fork", "--kill-child", "--", "true")
                || succeeds("unshare", "--user", "--map-root-user", "--pid", "--fork", "--kill-child", "--", "true")) {
            return Check.ok("isolation", "process namespaces: a killed worker takes all its jobs' processes along");
        }
        return Check.warn(
                "isolation",
                "no process namespaces here: jobs are supervised, and one that means to escape can",
                "install util-linux (unshare), or allow user namespaces: sysctl kernel.unprivileged_userns_clone=1");
    }

    /** Looks for what a sandbox is made of; this version runs no job in one. */
    static Check sandbox() throws InterruptedException {
        boolean works = succeeds("bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--unshare-pid", "--", "true");
        return sandbox(new Bubblewrap(works, works || succeeds("bwrap", "--version")));
    }

    /** What was seen of bubblewrap. */
    record Bubblewrap(boolean works, boolean installed) {}

    static Check sandbox(Bubblewrap seen) {
        String found = seen.works()
                ? "bubblewrap works"
                : seen.installed()
                        ? "bubblewrap is there and may not make namespaces"
                        : "there is no bubblewrap (bwrap)";
        return Check.ok("sandbox", "not in this version, which refuses jobs that ask for one; " + found);
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (process.waitFor(PROBE_MAX_S, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException e) {
            // It is not installed, which is as good as failing.
            return false;
        }
    }

    /**
     * How far the clock of this machine is from that of a node, which was read between two moments here: only what lies
     * outside of them is certain.
     */
    static Check difference(long nodeMs, long beforeMs, long afterMs) {
        long aheadMs = nodeMs < beforeMs ? nodeMs - beforeMs : Math.max(0, nodeMs - afterMs);
        String found = aheadMs == 0
                ? "agrees with the node's"
                : "the node's is " + DurationText.words(Math.abs(aheadMs)) + (aheadMs > 0 ? " ahead" : " behind");
        if (Math.abs(aheadMs) < 1_000) {
            return Check.ok("clocks", found);
        }
        String advice = "synchronise both machines: what is shown as relative time is off by that";
        return Math.abs(aheadMs) < 60_000 ? Check.warn("clocks", found, advice) : Check.fail("clocks", found, advice);
    }
}
