/**
 * Owns the commands that look at jobs and their runs: {@code ls}, {@code show}, {@code why}, {@code logs},
 * {@code runs}, {@code events}; and what other groups need to show the same: {@link dev.kalends.cli.look.PagedList},
 * {@link dev.kalends.cli.look.RunCard}, {@link dev.kalends.cli.look.Watch}.
 *
 * <p>May import: {@code cli.command}, {@code cli.io}, {@code cli.output}, {@code cli.follow}, {@code dev.kalends.api},
 * {@code client}, {@code schedule}, {@code job}. Start reading at {@link dev.kalends.cli.look.ListCommand}.
 */
@NullMarked
package dev.kalends.cli.look;

import org.jspecify.annotations.NullMarked;
