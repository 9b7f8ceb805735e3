/**
 * Holds the code to its own rules: layers, clocks and randomness in the compiled classes, and sizes, names and comments
 * in the sources of all modules. There are no exceptions to list: a rule that does not fit is changed.
 *
 * <p>Start reading at {@link dev.kalends.architecture.Layers} and {@link dev.kalends.architecture.TidyRules}.
 */
@NullMarked
package dev.kalends.architecture;

import org.jspecify.annotations.NullMarked;
