/**
 * Owns what happens once, when the program is packaged, so that every later start is quick: a library's old class files
 * are brought up to date, and typical commands are run to record what they load.
 *
 * <p>May import: {@code cli.main}, {@code cli.io}, {@code dev.kalends.tui.main}. Start reading at
 * {@code scripts/build}, which calls both.
 */
@NullMarked
package dev.kalends.cli.packaging;

import org.jspecify.annotations.NullMarked;
