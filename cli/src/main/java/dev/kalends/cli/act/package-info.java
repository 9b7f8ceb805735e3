/**
 * Owns the commands that act on jobs and runs that exist: {@code cancel}, {@code trigger}, {@code rerun}, {@code wait}.
 *
 * <p>May import: {@code cli.command}, {@code cli.io}, {@code cli.output}, {@code cli.follow}, {@code dev.kalends.api},
 * {@code client}. Start reading at {@link dev.kalends.cli.act.Acts}.
 */
@NullMarked
package dev.kalends.cli.act;

import org.jspecify.annotations.NullMarked;
