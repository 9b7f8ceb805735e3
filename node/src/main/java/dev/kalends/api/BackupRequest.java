package dev.kalends.api;

import io.avaje.jsonb.Json;

/** Asks a node for a backup into a directory of its machine. */
@Json
public record BackupRequest(String dir) {}
