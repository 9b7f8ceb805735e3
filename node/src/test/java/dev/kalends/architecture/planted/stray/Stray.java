package dev.kalends.architecture.planted.stray;

/** Lives in a package that no level knows. */
public record Stray(int nowhere) {}
