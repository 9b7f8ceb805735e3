package dev.kalends.peers;

/** What is measured; each one begins with an empty store and a new process. */
enum Workload {
    SUBMIT,
    BULK,
    HERD,
    STEADY,
    DISK,
    RESTART
}
