package dev.kalends.cli.history;

/**
 * One thing that is wrong.
 *
 * @param what whom it concerns and what was seen instead
 */
public record Finding(Fault fault, String job, String what) {
    @Override
    public String toString() {
        return fault.word() + " " + job + ": " + what;
    }
}
