package dev.kalends.job;

/** Whether a command is confined. */
public enum SandboxMode {
    NONE,
    REQUIRED
}
