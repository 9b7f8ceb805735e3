/**
 * Owns {@code submit}: from flags to a request, one job or a file of them, and what is said about the result.
 *
 * <p>May import: {@code cli.calendar}, {@code cli.command}, {@code cli.io}, {@code cli.output}, {@code cli.follow},
 * {@code dev.kalends.api}, {@code client}, {@code schedule}, {@code job}. Start reading at
 * {@link dev.kalends.cli.submit.SubmitCommand}.
 */
@NullMarked
package dev.kalends.cli.submit;

import org.jspecify.annotations.NullMarked;
