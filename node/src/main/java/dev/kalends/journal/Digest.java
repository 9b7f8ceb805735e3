package dev.kalends.journal;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * A hash of many changes, whatever their order: the sum of the hashes of their encodings. Two replicas that hold the
 * same keyed state have the same one. It finds accidents; it does not withstand somebody who looks for collisions.
 */
public final class Digest implements Consumer<Change> {
    private final MessageDigest sha = sha();
    private long high;
    private long low;
    private long changes;

    private static MessageDigest sha() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void accept(Change change) {
        ByteBuffer hash = ByteBuffer.wrap(sha.digest(Codec.encode(change)));
        high += hash.getLong();
        low += hash.getLong();
        changes++;
    }

    /** How many changes there were. */
    public long changes() {
        return changes;
    }

    /** The hash: 32 hexadecimal digits. */
    public String text() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
