/**
 * Owns the run queue: it carries tickets ("work waits there"), never runs, so priority and fairness are decided when
 * work is claimed. A duplicate ticket costs an empty answer; a lost one is offered again.
 *
 * <p>May import: {@code time}, {@code job}. Start reading at {@link dev.kalends.runqueue.RunQueue}.
 */
@NullMarked
package dev.kalends.runqueue;

import org.jspecify.annotations.NullMarked;
