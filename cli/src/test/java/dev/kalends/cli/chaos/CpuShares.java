package dev.kalends.cli.chaos;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How much of a core each process of a site took over a stretch of time, this one included. */
final class CpuShares {
    private final Site site;
    private Map<String, Duration> before = Map.of();
    private long beginNs;

    CpuShares(Site site) {
        this.site = site;
    }

    void begin() {
        before = now();
        beginNs = System.nanoTime();
    }

    /** Cores by process; one that was started anew since has no figure. */
    String end() {
        double elapsedNs = System.nanoTime() - beginNs;
        StringBuilder text = new StringBuilder();
        now().forEach((name, used) -> {
            Duration until = before.get(name);
            if (until != null && used.compareTo(until) >= 0) {
                double cores = used.minus(until).toNanos() / elapsedNs;
                text.append(text.isEmpty() ? "" : " ")
                        .append(String.format(Locale.ROOT, "%s=%.2f", name.replaceAll(" .*", ""), cores));
            }
        });
        return text.toString();
    }

    private Map<String, Duration> now() {
        Map<String, Duration> used = new LinkedHashMap<>();
        site.servers().processes().forEach(process -> put(used, process));
        site.nodes().forEach(node -> put(used, site.node(node)));
        site.workers().forEach(worker -> put(used, worker));
        ProcessHandle.current().info().totalCpuDuration().ifPresent(mine -> used.put("load", mine));
        return used;
    }

    private static void put(Map<String, Duration> used, ChildProcess process) {
        Optional<ProcessHandle> handle = process.handle();
        handle.flatMap(running -> running.info().totalCpuDuration())
                .ifPresent(time -> used.put(process.name() + " " + handle.get().pid(), time));
    }
}
