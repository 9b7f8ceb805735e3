/** Owns what the console's tests share: a model with everything in it, golden screens, a terminal in memory. */
@NullMarked
package dev.kalends.tui.testing;

import org.jspecify.annotations.NullMarked;
