package dev.kalends.kafka;

/** What a node has to do with its replicas before it follows the journal. */
public enum ReplicaStart {
    /** They go on where they are. */
    KEEP,
    /** They were away for too long: they are removed and made anew, from position 0. */
    FROM_NOTHING
}
