package dev.kalends.sqlite;

import dev.kalends.job.Backfill;
import dev.kalends.job.JobId;
import dev.kalends.job.JobSpec;
import dev.kalends.job.JobState;
import dev.kalends.job.Pause;
import dev.kalends.job.PauseOrder;
import dev.kalends.journal.Codec;
import java.util.Optional;

/** Writes pauses, the list of jobs that they hold back, and backfills. Owned by the partition's thread. */
final class PauseTables {
    /** Stands for the pause of everything. */
    private static final String EVERYTHING = "";

    private final Reads reads;
    private final Session session;
    /** Whether any job may be held back; so that the common case costs no statement. */
    private boolean heldSome;

    PauseTables(Reads reads) {
        this.reads = reads;
        this.session = reads.session();
    }

    /** Goes back to what is committed. */
    void load() {
        heldSome = session.on("SELECT EXISTS (SELECT 1 FROM held)").number(0) != 0;
    }

    void put(PauseOrder order) {
        session.on("INSERT OR REPLACE INTO pause (tenant, pause) VALUES (?, ?)")
                .with(order.tenant().orElse(EVERYTHING))
                .with(Codec.encode(order))
                .run();
    }

    void remove(Optional<String> tenant) {
        session.on("DELETE FROM pause WHERE tenant = ?")
                .with(tenant.orElse(EVERYTHING))
                .run();
    }

    void put(Backfill backfill) {
        session.on("INSERT OR REPLACE INTO backfill (job, number, backfill) VALUES (?, ?, ?)")
                .with(backfill.job().value())
                .with(backfill.number())
                .with(Codec.encode(backfill, backfill.job()))
                .run();
    }

    void removeBackfill(JobId job, int number) {
        session.on("DELETE FROM backfill WHERE job = ? AND number = ?")
                .with(job.value())
                .with(number)
                .run();
    }

    /** Keeps the list of jobs that a pause of a tenant, or of everything, holds back. */
    void held(JobState state) {
        Optional<Pause.By> by = state.paused().map(paused -> paused.why().by()).filter(found -> found != Pause.By.JOB);
        if (by.isPresent()) {
            String tenant = by.get() == Pause.By.TENANT
                    ? reads.spec(state.id()).map(JobSpec::tenant).orElse(EVERYTHING)
                    : EVERYTHING;
            heldSome = true;
            session.on("INSERT OR REPLACE INTO held (job, tenant) VALUES (?, ?)")
                    .with(state.id().value())
                    .with(tenant)
                    .run();
        } else if (heldSome) {
            session.on("DELETE FROM held WHERE job = ?")
                    .with(state.id().value())
                    .run();
        }
    }
}
