/**
 * Owns the manual pages: made from what each command declares, joined with what a person wrote about it in
 * {@code cli/src/main/manual}. {@code scripts/pages} writes them to {@code man/}; a test says when they are stale.
 *
 * <p>May import: {@code cli.command}. Start reading at {@link dev.kalends.cli.manual.Manual}.
 */
@NullMarked
package dev.kalends.cli.manual;

import org.jspecify.annotations.NullMarked;
