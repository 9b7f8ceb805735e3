package dev.kalends.cli.chaos;

/** A cell that could not be carried out, or whose outcome is not what was promised. */
final class CellFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    CellFailure(String message) {
        super(message);
    }
}
