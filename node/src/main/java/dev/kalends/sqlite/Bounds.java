package dev.kalends.sqlite;

import java.util.OptionalLong;

/**
 * How large a partition's files may become.
 *
 * @param walBytesMax size of the write-ahead log above which it is started again; a reader's snapshot can delay that
 * @param pagesMax pages of the database, beyond which it is full; empty = as many as the disk takes
 */
record Bounds(long walBytesMax, OptionalLong pagesMax) {
    /** A log of 128 MiB. */
    static final Bounds DEFAULT = new Bounds(128L * 1024 * 1024, OptionalLong.empty());
}
