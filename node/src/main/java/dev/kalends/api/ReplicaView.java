package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.List;

/**
 * The replicas of a partition, held against each other.
 *
 * @param verdict same, differs, behind, silent (a node does not tell), or not_compared
 * @param detail in words
 * @param replicas what the nodes told
 */
@Json
public record ReplicaView(int partition, String verdict, String detail, List<PeerDigest> replicas) {}
