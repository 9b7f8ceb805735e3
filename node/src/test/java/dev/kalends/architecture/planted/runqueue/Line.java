package dev.kalends.architecture.planted.runqueue;

/** A port that is not the store's business. */
public record Line(int length) {}
