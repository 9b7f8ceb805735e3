package dev.kalends.server;

import java.nio.file.Path;

/** Makes a backup of the node's data; implemented by whoever knows where the data is. */
@FunctionalInterface
public interface BackupTarget {
    /**
     * Copies a consistent state of everything into a directory that is new or empty.
     *
     * @return one line for people: what was copied
     * @throws dev.kalends.api.ApiException {@code invalid} when the directory will not do
     */
    String backup(Path directory);
}
