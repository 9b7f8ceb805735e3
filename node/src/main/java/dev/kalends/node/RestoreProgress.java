package dev.kalends.node;

/** Is told how a restore goes on, now and then. */
public interface RestoreProgress {
    /** Nobody wants to know. */
    RestoreProgress NONE = new RestoreProgress() {
        @Override
        public void stored(long changes) {}

        @Override
        public void journaled(long changes, long of) {}
    };

    /** So many changes were written to stores on this machine. */
    void stored(long changes);

    /** So many changes, of so many, were written to the journal of a cluster. */
    void journaled(long changes, long of);
}
