/**
 * Owns what is to come: {@code next}, when a schedule fires, computed here for {@code --cron} and asked of the node for
 * a job; {@code forecast}, how much comes when; {@code simulate}, what would become of jobs in an outage, which the
 * node rehearses.
 *
 * <p>May import: {@code cli.calendar}, {@code cli.command}, {@code cli.io}, {@code cli.output},
 * {@code dev.kalends.api}, {@code client}, {@code schedule}, {@code job}. Start reading at
 * {@link dev.kalends.cli.plan.NextCommand}.
 */
@NullMarked
package dev.kalends.cli.plan;

import org.jspecify.annotations.NullMarked;
