package dev.kalends.server;

import dev.kalends.api.ActionResult;
import dev.kalends.api.ApiException;
import dev.kalends.api.BackupRequest;
import dev.kalends.api.ErrorCode;
import dev.kalends.partition.Deed;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Answers {@code POST /v1/backup}: one at a time. */
final class BackupEndpoint {
    private static final int BODY_BYTES_MAX = 16 * 1024;

    private final BackupTarget target;
    private final ReentrantLock running = new ReentrantLock();

    BackupEndpoint(BackupTarget target) {
        this.target = target;
    }

    Answer backup(Request request) throws IOException {
        request.query().allow(Set.of());
        Path directory = directory(Field.present(
                "dir", request.body(BackupRequest.class, BODY_BYTES_MAX).dir()));
        if (!running.tryLock()) {
            throw new ApiException(ErrorCode.CONFLICT, "a backup is being made; backups=1", "wait until it has ended");
        }
        try {
            String told = target.backup(directory);
            request.did("backup", directory.toString(), Deed.EVERY, "");
            return Answer.ok(new ActionResult(directory.toString(), null, "backed_up", told, null));
        } finally {
            running.unlock();
        }
    }

    private static Path directory(String text) {
        try {
            Path directory = Path.of(text);
            if (directory.isAbsolute()) {
                return directory.normalize();
            }
        } catch (InvalidPathException e) {
            // Falls through to the one message that says what would be right.
        }
        throw Field.invalid("dir is an absolute path on the node's machine; dir=" + Texts.excerpt(text));
    }
}
