/**
 * Owns how results look: tables for terminals, tab-separated lines for pipes, JSON, relative times, colours, error
 * lines. Each text that a job or another user made passes through {@code SafeText} of {@code dev.kalends.tui.text}.
 *
 * <p>May import: {@code cli.io}, {@code dev.kalends.api}, {@code schedule}, {@code dev.kalends.tui.text}. Start
 * reading at {@link dev.kalends.cli.output.Listing}.
 */
@NullMarked
package dev.kalends.cli.output;

import org.jspecify.annotations.NullMarked;
