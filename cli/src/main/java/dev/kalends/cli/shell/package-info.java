/**
 * Owns {@code kalends shell}: our commands in a session of their own, typed by a person on a terminal (JLine) or read
 * from a pipe.
 *
 * <p>What a line means is decided by classes that know no terminal: {@link dev.kalends.cli.shell.ShellWords} cuts it,
 * {@link dev.kalends.cli.shell.Interpreter} runs it. The command runner is handed in: {@code cli.main} owns it.
 *
 * <p>May import: {@code cli.command}, {@code cli.complete}, {@code cli.io}, {@code cli.output},
 * {@code dev.kalends.api}, {@code client}, and JLine. Start reading at
 * {@link dev.kalends.cli.shell.ShellCommand}.
 */
@NullMarked
package dev.kalends.cli.shell;

import org.jspecify.annotations.NullMarked;
