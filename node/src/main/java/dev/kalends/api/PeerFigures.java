package dev.kalends.api;

import io.avaje.jsonb.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a node counted and timed, in a form that adds up over nodes.
 *
 * @param windowMs how long the window is
 * @param inWindow counts over the window, by name
 * @param totals counts since the node started, by name
 * @param skew compressed HdrHistograms of the window in base64, by stage
 * @param leaderChanges how often leadership of a partition came to this node, its first taking left out
 * @param minutes the last hour by minutes; null from a node that does not count it
 */
@Json
public record PeerFigures(
        long windowMs,
        Map<String, Long> inWindow,
        Map<String, Long> totals,
        Map<String, String> skew,
        long leaderChanges,
        @Nullable MinutesView minutes) {}
