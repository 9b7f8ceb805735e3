package dev.kalends.alert;

/**
 * How long things take, all in milliseconds.
 *
 * @param lookEveryMs from one judgement to the next
 * @param leaderlessMs so long a partition is without a leader before that is told: a takeover is no alarm
 * @param gapMs so long the ledger differs before that is told: one pass over the jobs may meet a fire halfway
 * @param endAfterMs so long something is away before its end is told, so that nothing flutters
 * @param moreAfterMs so long after something was told before it is told that there is more of it
 * @param retryMinMs the wait after a first failed try; each further one doubles it
 * @param retryMaxMs the longest wait
 * @param answerMs longest wait for an answer of the receiver
 * @param rememberedMs so long an end is told again when another node takes over telling
 */
public record AlertTerms(
        long lookEveryMs,
        long leaderlessMs,
        long gapMs,
        long endAfterMs,
        long moreAfterMs,
        long retryMinMs,
        long retryMaxMs,
        long answerMs,
        long rememberedMs) {
    public static final AlertTerms DEFAULT =
            new AlertTerms(2_000, 15_000, 25_000, 10_000, 60_000, 1_000, 60_000, 10_000, 600_000);

    /** How long something lasts before it is told. */
    long beginAfterMs(Watched watched) {
        return switch (watched) {
            case NO_LEADER -> leaderlessMs;
            case LEDGER_GAP -> gapMs;
            case DEAD_LETTERS, SKEW_BREACH -> 0;
        };
    }
}
