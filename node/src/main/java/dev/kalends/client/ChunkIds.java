package dev.kalends.client;

/** Makes the request ids of a bulk's chunks: the same chunk of the same bulk must get the same id again. */
@FunctionalInterface
public interface ChunkIds {
    /**
     * The id of a chunk; called once for each, in order.
     *
     * @param number from 1
     * @param lines what is sent
     */
    String idOf(int number, byte[] lines);

    /** {@code BASE.1}, {@code BASE.2}…: for a base that is not used for other lines. */
    static ChunkIds numbered(String base) {
        return (number, lines) -> base + "." + number;
    }
}
