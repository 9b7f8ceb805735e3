package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node of the cluster as the answering node sees it.
 *
 * @param state fit, unfit, draining, or silent when it does not answer its peers
 * @param reason why it is not fit
 * @param leads partitions that it leads
 * @param lag how far its replica that is furthest behind is behind, in journal positions
 * @param clockOffsetMs its wall clock less that of the answering node, as far as that is certain: half the round trip
 *     is taken off; null while not known
 * @param holds partitions that it holds replicas of; null where all nodes hold all, and while it is not known
 * @param standby how many nodes hold a partition beside its leader, as that node was told; null for all
 * @param clockNote what is to be said of the answering node's own clock; null for the others and when it is fine
 */
@Json
public record NodeView(
        String node,
        String url,
        @Nullable String version,
        @Nullable Integer featureLevel,
        String state,
        @Nullable String reason,
        List<Integer> leads,
        @Nullable Long lag,
        @Nullable Long clockOffsetMs,
        @Nullable String clockNote,
        @Nullable String upSince,
        @Nullable List<Integer> holds,
        @Nullable String standby) {}
