/**
 * Owns the frame every command lives in: what it declares ({@link dev.kalends.cli.command.Grammar}), what it is given
 * ({@link dev.kalends.cli.command.Arguments}, {@link dev.kalends.cli.command.Session}), where settings come from.
 *
 * <p><b>To add a command</b>: write a class that implements {@link dev.kalends.cli.command.Command} in the package of
 * its group ({@code dev.kalends.cli.GROUP}), add its line to {@code cli.main.CommandTable} and its case to
 * {@code cli.main.CommandFactory}. Declare flags by their long names and read them by the same. Print through
 * {@code session.rendering()} and {@code cli.output}; say no text of a job, a user or a node without
 * {@code SafeText}; throw {@code ApiException} for everything that is wrong: its code gives the exit status, its hint
 * is the next step. Read no clock, no environment variable and no stream but those of {@code session.surroundings()}.
 * Flush {@code out} when a person waits for the line; the end of a command flushes by itself. Tests run
 * {@code Main.run} in their own process by {@code testing.CommandRun} against {@code testing.FakeNode} and compare with
 * golden files.
 *
 * <p>picocli parses and renders help, fed by code and not by annotations: only the named command's class is loaded and
 * nothing is reflected upon.
 *
 * <p>May import: {@code cli.io}, {@code cli.output}, {@code dev.kalends.api}, {@code client}, {@code schedule},
 * {@code job}. Start reading at {@link dev.kalends.cli.command.Command}.
 */
@NullMarked
package dev.kalends.cli.command;

import org.jspecify.annotations.NullMarked;
