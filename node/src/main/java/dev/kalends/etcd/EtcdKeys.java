package dev.kalends.etcd;

import dev.kalends.job.JobId;
import io.etcd.jetcd.ByteSequence;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The names of keys: {@code /kalends/CLUSTER/members/ID} and {@code /kalends/CLUSTER/partitions/NUMBER}. */
final class EtcdKeys {
    private final String root;

    EtcdKeys(String cluster) {
        this.root = "/kalends/" + cluster + "/";
    }

    /** What all keys begin with. */
    ByteSequence all() {
        return key("");
    }

    ByteSequence member(String id) {
        return key("members/" + id);
    }

    ByteSequence partition(int partition) {
        return key("partitions/" + partition);
    }

    Optional<String> memberOf(ByteSequence key) {
        return after("members/", key);
    }

    /** The partition that a key is of; a key that is none, because somebody else made it, is passed over. */
    Optional<Integer> partitionOf(ByteSequence key) {
        return after("partitions/", key)
                .filter(number -> number.matches("\\d{1,4}"))
                .map(Integer::valueOf)
                .filter(partition -> partition < JobId.PARTITIONS_MAX);
    }

    private Optional<String> after(String kind, ByteSequence key) {
        String name = key.toString(StandardCharsets.UTF_8);
        String prefix = root + kind;
        return name.startsWith(prefix) ? Optional.of(name.substring(prefix.length())) : Optional.empty();
    }

    private ByteSequence key(String name) {
        return ByteSequence.from(root + name, StandardCharsets.UTF_8);
    }
}
