/**
 * Owns what somebody on call asks: does anything need me ({@code status}), the figures ({@code stats}), who leads and
 * who works ({@code leases}, {@code workers}), tenants and their limits, and whether this machine is fit
 * ({@code doctor}).
 *
 * <p>May import: {@code cli.command}, {@code cli.io}, {@code cli.output}, {@code cli.look}, {@code dev.kalends.api},
 * {@code client}, {@code schedule}, {@code job}, {@code need} for what needs somebody. Start reading
 * at {@link dev.kalends.cli.oncall.StatusCommand}.
 */
@NullMarked
package dev.kalends.cli.oncall;

import org.jspecify.annotations.NullMarked;
