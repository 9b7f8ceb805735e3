package dev.kalends.cli.complete;

/**
 * A word that could stand at the cursor, and a few words about it.
 *
 * @param description empty: nothing to say
 */
public record Candidate(String text, String description) {}
