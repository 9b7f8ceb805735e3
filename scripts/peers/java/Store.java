package dev.kalends.peers;

/** What keeps a peer's jobs: a server of our own on the loopback, or nothing. */
interface Store extends AutoCloseable {
    /** Empties it; returns where it is reached. */
    String fresh(Contestant contestant) throws Exception;

    /** Bytes on disk, all of it written out; what is only the log of changes does not count. */
    long diskBytes() throws Exception;

    /** Bytes of memory that the data takes beside that; 0 where it takes none. */
    long memoryBytes() throws Exception;

    /** The server and its version; empty without one. */
    String version() throws Exception;

    @Override
    void close() throws Exception;

    /** No server: the jobs are in the peer's own heap. */
    final class None implements Store {
        @Override
        public String fresh(Contestant contestant) {
            return "none";
        }

        @Override
        public long diskBytes() {
            return 0;
        }

        @Override
        public long memoryBytes() {
            return 0;
        }

        @Override
        public String version() {
            return "";
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
