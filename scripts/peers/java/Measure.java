package dev.kalends.peers;

/** A figure that a workload gives. */
enum Measure {
    SUBMIT_P50("one submit p50", "ms"),
    SUBMIT_P99("one submit p99", "ms"),
    BULK("bulk submit", "jobs/s"),
    HERD("herd", "jobs/s"),
    HERD_EARLY("herd early", "%"),
    SKEW_P50("steady skew p50", "ms"),
    SKEW_P99("steady skew p99", "ms"),
    SKEW_P999("steady skew p99.9", "ms"),
    STEADY_EARLY("steady early", "%"),
    DISK("disk a waiting job", "bytes"),
    MEMORY("memory a waiting job", "bytes"),
    RESTART("first start after kill -9", "s");

    private final String title;
    private final String unit;

    Measure(String title, String unit) {
        this.title = title;
        this.unit = unit;
    }

    String title() {
        return title;
    }

    String unit() {
        return unit;
    }
}
