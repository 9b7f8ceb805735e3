/**
 * Owns faults in a real cluster: it starts a broker, a coordination service, nodes and workers as processes, loads
 * them, breaks one thing at a time, and has the history judged from outside.
 *
 * <p>May import the client of the nodes ({@code client}, {@code api}, {@code job} for the partition in an id) and
 * {@code cli.history}. Start reading at {@link dev.kalends.cli.chaos.ChaosMain}; a fault is a {@link
 * dev.kalends.cli.chaos.Cell}.
 */
@NullMarked
package dev.kalends.cli.chaos;

import org.jspecify.annotations.NullMarked;
