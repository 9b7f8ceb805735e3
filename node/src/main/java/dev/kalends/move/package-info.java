/**
 * Owns the move of a store's contents into a store with another number of partitions: names, keys, states and history
 * stay, ids are new, and everything that names an id is written anew.
 *
 * <p>May import: {@code time}, {@code job}, {@code journal}, whose ports are all it knows of stores. Start reading at
 * {@link dev.kalends.move.Move}.
 */
@NullMarked
package dev.kalends.move;

import org.jspecify.annotations.NullMarked;
