package dev.kalends.server;

/** What a route needs of whoever calls it. */
public enum Permission {
    /** Nothing: liveness and readiness, a word each. */
    OPEN,
    /** To look at one's tenant. */
    READ,
    /** To change jobs and runs of one's tenant. */
    WRITE,
    /** To execute runs: claim, renew, report. */
    WORK,
    /** To run the node: tenants, backups, other tenants' figures, its part in the cluster. */
    ADMIN,
    /** To be a node of the same cluster. */
    NODE
}
