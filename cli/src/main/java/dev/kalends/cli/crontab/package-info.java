/**
 * Owns {@code import crontab} and {@code export}: jobs that come from crontabs, and jobs on their way out.
 *
 * <p>{@link dev.kalends.cli.crontab.CrontabReader} reads bytes as cron would and is pure;
 * {@link dev.kalends.cli.crontab.ImportedJob} makes a request of each line;
 * {@link dev.kalends.cli.crontab.CrontabWriter} goes the other way.
 *
 * <p>May import: {@code cli.command}, {@code cli.io}, {@code cli.output}, {@code dev.kalends.api}, {@code client},
 * {@code schedule}, {@code job}. Start reading at {@link dev.kalends.cli.crontab.ImportCommand}.
 */
@NullMarked
package dev.kalends.cli.crontab;

import org.jspecify.annotations.NullMarked;
