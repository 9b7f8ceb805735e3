package dev.kalends.tui.model;

/**
 * What the console wants to be told of now.
 *
 * @param subject the job or the run of a detail view; empty elsewhere
 * @param filter what the list is narrowed to
 * @param limit how many items are wanted
 */
public record Interest(View view, String subject, String filter, int limit) {}
