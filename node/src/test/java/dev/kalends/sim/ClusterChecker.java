package dev.kalends.sim;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Holds what a cluster promises against it: after each step of a node, and at rest. */
final class ClusterChecker {
    private static final int COMPARE_EVERY = 400;

    private final Fabric fabric;
    private final List<ClusterNode> nodes;
    private Supplier<List<String>> requests = List::of;
    private int steps;

    ClusterChecker(Fabric fabric, List<ClusterNode> nodes) {
        this.fabric = fabric;
        this.nodes = nodes;
    }

    /** Which requests' answers are compared. */
    void requests(Supplier<List<String>> ids) {
        requests = ids;
    }

    /** After a step of a node. */
    void step() {
        trust();
        steps++;
        if (steps % COMPARE_EVERY == 0) {
            replicas();
        }
    }

    /** Who trusts itself with a partition owns it. */
    private void trust() {
        long nowMs = fabric.wiring().timeline().elapsedMs();
        for (int partition = 0; partition < fabric.records().size(); partition++) {
            for (ClusterNode node : nodes) {
                if (node.trusts(partition) && !fabric.keeper().ownedSince(node.id(), partition, nowMs)) {
                    throw new Violation(
                            Invariant.TRUST,
                            node.id() + " trusts itself with what it does not own; partition=" + partition + " owner="
                                    + fabric.keeper().owner(partition));
                }
            }
        }
    }

    /** Replicas that have come as far as the record are as it says. */
    private void replicas() {
        for (int partition = 0; partition < fabric.records().size(); partition++) {
            SharedRecord record = fabric.records().get(partition);
            Optional<Likeness> truth = Optional.empty();
            for (ClusterNode node : nodes) {
                if (node.life().up() && node.disk(partition).real().position() == record.end()) {
                    Likeness expected = truth.orElseGet(() -> new Likeness(record.truth(), requests.get()));
                    truth = Optional.of(expected);
                    compare(node, partition, expected);
                }
            }
        }
    }

    private void compare(ClusterNode node, int partition, Likeness expected) {
        Likeness replica = new Likeness(node.disk(partition).real(), requests.get());
        expected.difference(replica).ifPresent(difference -> {
            throw new Violation(
                    Invariant.REPLICAS_AGREE,
                    node.id() + " differs from the record; partition=" + partition + " " + difference);
        });
        expected.missingFromAgenda(node.disk(partition).real()).ifPresent(missing -> {
            throw new Violation(
                    Invariant.REPLICAS_AGREE,
                    node.id() + " would not wake up; partition=" + partition + " missing=" + missing);
        });
    }

    /** Whether every replica has everything. */
    boolean complete() {
        for (int partition = 0; partition < fabric.records().size(); partition++) {
            long end = fabric.records().get(partition).end();
            for (ClusterNode node : nodes) {
                if (node.disk(partition).real().position() != end) {
                    return false;
                }
            }
        }
        return true;
    }

    /** At rest every replica has everything. */
    void end() {
        for (int partition = 0; partition < fabric.records().size(); partition++) {
            SharedRecord record = fabric.records().get(partition);
            for (ClusterNode node : nodes) {
                if (node.disk(partition).real().position() != record.end()) {
                    throw new Violation(
                            Invariant.REPLICAS_AGREE,
                            node.id() + " does not have it all; partition=" + partition + " position="
                                    + node.disk(partition).real().position() + " end=" + record.end());
                }
            }
        }
        replicas();
    }
}
