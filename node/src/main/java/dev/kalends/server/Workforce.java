package dev.kalends.server;

import dev.kalends.api.PeerStatus;
import dev.kalends.api.WorkerView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All workers, whichever node each of them speaks to. */
record Workforce(WorkerRoster roster, Fleet fleet) {
    /** By id; a worker that has gone over to another node is as the node says that heard of it last. */
    List<WorkerView> views() throws InterruptedException {
        Map<String, WorkerView> viewById = new TreeMap<>();
        roster.views().forEach(view -> viewById.put(view.id(), view));
        for (PeerStatus peer : fleet.watch().figures()) {
            Optional.ofNullable(peer.workers())
                    .orElse(List.of())
                    .forEach(view -> viewById.merge(view.id(), view, Workforce::later));
        }
        return List.copyOf(viewById.values());
    }

    private static WorkerView later(WorkerView one, WorkerView other) {
        return one.seenAgoMs() <= other.seenAgoMs() ? one : other;
    }
}
