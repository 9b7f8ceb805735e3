package dev.kalends.tui.feed;

import dev.kalends.client.NodeClient;
import dev.kalends.tui.model.Reading;
import java.util.function.Function;

/**
 * Something that is read again and again.
 *
 * @param name tells polls apart
 * @param everyMs how often at most; a slow answer makes it rarer
 * @param read asks the node
 */
record Poll(String name, long everyMs, Function<NodeClient, Reading> read) {}
