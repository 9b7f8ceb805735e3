package dev.kalends.worker;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Puts a command under the parent that will kill its processes: the isolation of this machine, and how to say it. */
final class Confinement {
    private static final Duration PROBE_MAX = Duration.ofSeconds(5);
    private static final int PROBE_STATUS = 7;

    private final HostTools tools;
    private final Isolation isolation;
    private final boolean root;

    private Confinement(HostTools tools, Isolation isolation, boolean root) {
        this.tools = tools;
        this.isolation = isolation;
        this.root = root;
    }

    /** The strongest isolation that works here, found by trying; or a wanted one, if that works. */
    static Confinement probe(HostTools tools, Optional<Isolation> wanted) {
        boolean root = Account.self().isRoot();
        for (Isolation isolation : wanted.map(List::of).orElse(List.of(Isolation.values()))) {
            Confinement confinement = new Confinement(tools, isolation, root);
            if (isolation == Isolation.DIRECT || confinement.works()) {
                return confinement;
            }
        }
        throw new IllegalStateException("this isolation is not to be had on this machine; isolation="
                + wanted.map(Isolation::word).orElse("any"));
    }

    Isolation isolation() {
        return isolation;
    }

    Optional<String> setpriv() {
        return tools.setpriv();
    }

    /**
     * The command line under the supervisor.
     *
     * @param stdin file with the command's stdin; the supervisor removes it
     * @param mark names the lease, so that strays can be found
     */
    List<String> wrap(List<String> command, Optional<String> stdin, String mark) {
        List<String> line = new ArrayList<>();
        switch (isolation) {
            case PID_NAMESPACE -> {
                line.addAll(List.of(tools.setsid().orElseThrow(), "--wait"));
                line.add(tools.unshare().orElseThrow());
                if (!root) {
                    line.addAll(List.of("--user", "--map-current-user"));
                }
                line.addAll(List.of("--pid", "--fork", "--kill-child=KILL", "--"));
                supervise(line, "all", stdin, mark);
            }
            case SUPERVISED -> {
                line.addAll(List.of(tools.setsid().orElseThrow(), "--wait"));
                supervise(line, "group", stdin, mark);
            }
            case DIRECT -> {}
        }
        line.addAll(command);
        return line;
    }

    private void supervise(List<String> line, String scope, Optional<String> stdin, String mark) {
        line.addAll(List.of(tools.sh().orElseThrow(), "-c", HostTools.SUPERVISOR, "kalends"));
        line.addAll(List.of(scope, stdin.orElse(""), mark, tools.setsid().orElseThrow()));
    }

    private boolean works() {
        boolean present = tools.sh().isPresent() && tools.setsid().isPresent();
        if (!present || (isolation == Isolation.PID_NAMESPACE && tools.unshare().isEmpty())) {
            return false;
        }
        List<String> command = List.of(tools.sh().orElseThrow(), "-c", "exit " + PROBE_STATUS);
        try {
            Process process = new ProcessBuilder(wrap(command, Optional.empty(), "probe"))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                return process.waitFor(PROBE_MAX.toMillis(), TimeUnit.MILLISECONDS)
                        && process.exitValue() == PROBE_STATUS;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
