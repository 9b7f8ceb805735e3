/**
 * Owns how results look: tables for terminals, tab-separated lines for pipes, JSON, relative times, colours, error
 * lines; and {@link dev.kalends.cli.output.SafeText}, through which every text passes that a job or another user made.
 *
 * <p>May import: {@code cli.io}, {@code dev.kalends.api}, {@code schedule}. Start reading at
 * {@link dev.kalends.cli.output.Listing}.
 */
@NullMarked
package dev.kalends.cli.output;

import org.jspecify.annotations.NullMarked;
