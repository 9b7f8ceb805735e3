package dev.kalends.tui.model;

import java.time.ZoneId;
import java.util.Optional;

/**
 * How the console was asked to behave.
 *
 * @param readOnly hide everything that changes something
 * @param ascii draw with ASCII alone
 * @param colours whether colours are wanted
 * @param zone in which absolute times are shown
 * @param tenant whose jobs are shown; empty: all that the token sees
 */
public record Manner(boolean readOnly, boolean ascii, boolean colours, ZoneId zone, Optional<String> tenant) {}
