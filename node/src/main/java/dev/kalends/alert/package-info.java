/**
 * Owns the alerts that a node sends to a webhook: which needs of a person are told, when one of them begins and ends,
 * whose turn it is in a cluster, and the POST itself with its retries.
 *
 * <p>Nothing here holds up the node: it looks and sends on two threads of its own, and keeps one state for each code,
 * never a queue. {@link dev.kalends.alert.AlertBook} is pure. May import: {@code need}, {@code api}, {@code schedule},
 * {@code time}, {@code server}. Start reading at {@link dev.kalends.alert.Alerts}.
 */
@NullMarked
package dev.kalends.alert;

import org.jspecify.annotations.NullMarked;
