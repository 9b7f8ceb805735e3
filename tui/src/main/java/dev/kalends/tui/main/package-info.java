/** Owns the full-screen console's entry point. May import: everything in {@code dev.kalends.tui}. */
@NullMarked
package dev.kalends.tui.main;

import org.jspecify.annotations.NullMarked;
