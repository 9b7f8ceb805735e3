/**
 * Owns the judgement of a history from outside: what was asked for, what was executed, what the nodes have on record,
 * and what is wrong between them. After the checker of Jepsen's Chronos test.
 *
 * <p>Knows nothing of the product: it may import nothing of it, nor of the packages beside it. Start reading at {@link
 * dev.kalends.cli.history.HistoryChecker}.
 */
@NullMarked
package dev.kalends.cli.history;

import org.jspecify.annotations.NullMarked;
