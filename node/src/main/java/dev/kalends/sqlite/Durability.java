package dev.kalends.sqlite;

/** What a commit has reached when it returns. */
public enum Durability {
    /** The disk: it survives a power cut. For the only copy. */
    FULL,
    /** The operating system: it survives the process. For replicas, which are made again from the journal. */
    NORMAL
}
