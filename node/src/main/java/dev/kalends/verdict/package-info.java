/**
 * Owns the answer to "why?": for any nominal instant of a job one verdict, from the facts that the store keeps.
 *
 * <p>A pure function of what is handed in; no clock, no thread, no store. May import: {@code job}, {@code schedule}.
 * Start reading at {@link dev.kalends.verdict.Judge}, then {@link dev.kalends.verdict.Verdict}.
 */
@NullMarked
package dev.kalends.verdict;

import org.jspecify.annotations.NullMarked;
