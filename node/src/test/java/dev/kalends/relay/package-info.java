/** Tests of what travels between nodes: codec, way to the leader, clocks. */
@NullMarked
package dev.kalends.relay;

import org.jspecify.annotations.NullMarked;
