package dev.kalends.cli.submit;

import dev.kalends.client.ChunkIds;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Request ids that follow from what was sent: the id of a chunk is a hash of the series, of all chunks before it and of
 * its own lines. So it is the same when the same lines are sent again, and differs as soon as one line differs.
 */
final class ContentIds implements ChunkIds {
    private static final int ID_BYTES = 16;

    private byte[] before;

    /**
     * Begins a series.
     *
     * @param series what keeps two bulks of the same lines apart
     */
    ContentIds(String series) {
        this.before = series.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String idOf(int number, byte[] lines) {
        MessageDigest digest = sha256();
        digest.update(before);
        digest.update((byte) 0);
        digest.update(lines);
        before = digest.digest();
        return "bulk-" + HexFormat.of().formatHex(Arrays.copyOf(before, ID_BYTES));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
