package dev.kalends.runqueue;

/** Says that work waits in a queue of a partition. */
public record Ticket(int partition, String queue) {}
