/**
 * Owns {@code kalends demo}: a node of its own, real jobs, a kill -9 in the middle, and a verdict computed from what
 * the jobs themselves wrote.
 *
 * <p>May import: {@code cli.command}, {@code cli.io}, {@code cli.output}, {@code cli.process}, {@code
 * dev.kalends.api}, {@code client}, {@code job}, {@code schedule}. Start reading at
 * {@link dev.kalends.cli.demo.DemoCommand}.
 */
@NullMarked
package dev.kalends.cli.demo;

import org.jspecify.annotations.NullMarked;
