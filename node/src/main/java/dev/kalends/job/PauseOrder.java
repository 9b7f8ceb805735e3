package dev.kalends.job;

import java.util.Optional;

/**
 * A pause of a whole tenant or of everything, in one partition.
 *
 * <p>It holds back a job at the moment when the job comes due: until then the job does not know of it, so the order
 * costs the same for ten jobs and for a hundred million. While it is being taken back, what it holds is resumed in
 * small portions.
 *
 * @param tenant empty = everything
 * @param resumption present once it was taken back
 */
public record PauseOrder(
        Optional<String> tenant,
        long sinceMs,
        Optional<Long> untilMs,
        Optional<String> reason,
        Optional<Resumption> resumption) {
    /**
     * How what is held goes on.
     *
     * @param atMs the end of the pause
     * @param catchUp what becomes of the fires that it held back; empty = recurring ones are skipped, one-offs run
     */
    public record Resumption(long atMs, Optional<CatchUp> catchUp) {}

    /** Whether it still holds back what comes due. */
    public boolean holds() {
        return resumption.isEmpty();
    }

    /** What a job that it holds back remembers of it. */
    public Pause pause() {
        return new Pause(tenant.isPresent() ? Pause.By.TENANT : Pause.By.EVERYTHING, sinceMs, untilMs, reason);
    }

    /** Taken back. */
    public PauseOrder resumed(long atMs, Optional<CatchUp> catchUp) {
        return new PauseOrder(tenant, sinceMs, untilMs, reason, Optional.of(new Resumption(atMs, catchUp)));
    }
}
