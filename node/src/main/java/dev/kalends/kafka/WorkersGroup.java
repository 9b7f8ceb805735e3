package dev.kalends.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** Sets the share group of the run queue up, before anything is published: Kafka's defaults would lose tickets. */
final class WorkersGroup {
    private static final int LOOKS_MAX = 100;
    private static final Duration LOOK_AFTER = Duration.ofMillis(50);

    /** What must be. By default a group forgets what came before its first member. */
    private static final Map<String, String> NEEDED = Map.of(
            "share.auto.offset.reset", "earliest",
            // How long a node may hold a ticket before another gets it: the least that brokers allow.
            "share.record.lock.duration.ms", "15000");
    /** What is better where the broker knows it: a node that joins gets its share at once, not a heartbeat later. */
    private static final Map<String, String> WELCOME =
            Map.of("share.assignment.interval.ms", "0", "share.assignor.offload.enable", "false");

    private final Admin admin;
    private final KafkaSettings settings;
    private final ConfigResource group;

    WorkersGroup(Admin admin, KafkaSettings settings) {
        this.admin = admin;
        this.settings = settings;
        this.group = new ConfigResource(ConfigResource.Type.GROUP, settings.workersGroup());
    }

    /** Sets what is not set, and sees that it is. */
    void prepare() {
        Map<String, String> found = found();
        List<AlterConfigOp> operations = new ArrayList<>();
        NEEDED.forEach((name, value) -> {
            if (!value.equals(found.get(name))) {
                operations.add(set(name, value));
            }
        });
        WELCOME.forEach((name, value) -> {
            if (found.containsKey(name) && !value.equals(found.get(name))) {
                operations.add(set(name, value));
            }
        });
        if (!operations.isEmpty()) {
            AdminCalls.plainAnswer(
                    admin.incrementalAlterConfigs(Map.of(group, operations)).all(),
                    "set up the share group " + settings.workersGroup(),
                    AdminCalls.timeoutMs(settings));
        }
        awaitNeeded();
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }

    /** A setting is known to one broker after the other. */
    private void awaitNeeded() {
        List<String> faults = faults();
        for (int look = 1; look < LOOKS_MAX && !faults.isEmpty(); look++) {
            LockSupport.parkNanos(LOOK_AFTER.toNanos());
            faults = faults();
        }
        if (!faults.isEmpty()) {
            throw new KafkaSetupException("the share group of the run queue does not keep its settings: set them with"
                    + " kafka-configs.sh --entity-type groups --entity-name " + settings.workersGroup() + "; "
                    + String.join(" ", faults));
        }
    }

    /** What is not as it must be. */
    List<String> faults() {
        Map<String, String> found = found();
        List<String> faults = new ArrayList<>();
        NEEDED.forEach((name, value) -> {
            String is = found.getOrDefault(name, "unset");
            if (!is.equals(value)) {
                faults.add(name + "=" + is + " wanted=" + value);
            }
        });
        return faults;
    }

    private Map<String, String> found() {
        return KafkaTopics.value(AdminCalls.plainAnswer(
                AdminCalls.only(admin.describeConfigs(List.of(group)).values(), group),
                "tell the settings of the share group " + settings.workersGroup(),
                AdminCalls.timeoutMs(settings)));
    }
}
