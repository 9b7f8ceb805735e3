/**
 * Owns {@code dlq}: runs that used up their attempts, grouped by what killed them; another series of attempts for them,
 * or their end.
 *
 * <p>May import: {@code cli.command}, {@code cli.io}, {@code cli.output}, {@code cli.look}, {@code dev.kalends.api},
 * {@code client}, {@code schedule}, {@code job}. Start reading at {@link dev.kalends.cli.dead.DeadListCommand}.
 */
@NullMarked
package dev.kalends.cli.dead;

import org.jspecify.annotations.NullMarked;
