package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node tells other nodes of itself.
 *
 * @param featureLevel the highest that it reads
 * @param wallMs its wall clock when it answered, in UTC milliseconds
 * @param partitions its replicas, in the order of their numbers
 * @param figures only when asked for
 * @param standby how many nodes hold a partition beside its leader; null for all
 * @param workers those that speak to it; only with the figures
 * @param tellsAlerts whether it has a webhook for alerts; null from a node that knows of none
 */
@Json
public record PeerStatus(
        String node,
        String version,
        int featureLevel,
        long wallMs,
        long uptimeMs,
        List<PeerPartition> partitions,
        @Nullable PeerFigures figures,
        @Nullable String standby,
        @Nullable List<WorkerView> workers,
        @Nullable Boolean tellsAlerts) {}
