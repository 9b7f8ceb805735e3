package dev.kalends.sim;

/** The node's process dies here. An error, so that nothing in the node can catch it. */
final class NodeCrash extends Error {
    private static final long serialVersionUID = 1;

    NodeCrash(String where) {
        super(where, null, false, false);
    }
}
