/**
 * Owns what operators do with the nodes of a cluster and its queues: {@code nodes}, {@code queues}.
 *
 * <p>May import: {@code cli.command}, {@code cli.io}, {@code cli.output}, {@code dev.kalends.api}, {@code client},
 * {@code schedule}. Start reading at {@link dev.kalends.cli.cluster.NodesCommand}.
 */
@NullMarked
package dev.kalends.cli.cluster;

import org.jspecify.annotations.NullMarked;
