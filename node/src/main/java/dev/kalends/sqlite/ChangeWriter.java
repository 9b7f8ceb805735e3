package dev.kalends.sqlite;

import dev.kalends.job.DeadLetter;
import dev.kalends.job.JobId;
import dev.kalends.job.JobState;
import dev.kalends.job.LedgerLine;
import dev.kalends.job.Run;
import dev.kalends.job.RunId;
import dev.kalends.journal.Change;
import dev.kalends.journal.Codec;
import dev.kalends.journal.RequestAnswer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes changes as rows, inside the transaction of {@link SqliteStore#apply}. Owned by the partition's thread. */
final class ChangeWriter {
    private final Reads reads;
    private final Session session;
    private final Interned interned;
    private final Agenda agenda;
    private final HistoryTable history;
    private final PauseTables pauses;
    private final HourCounts hours;
    private final KeyTables keys;
    private final SpecRows specs;
    private final RunTable runs;

    private final RowWriter<JobState> stateRows;
    private final RowWriter<LedgerLine> lineRows;
    private final RowWriter<Change.PutSlot> slotRows;
    // A batch's changes by kind, while it is written.
    private final List<JobState> states = new ArrayList<>();
    private final Map<Object, Change> lines = new LinkedHashMap<>();
    private final List<Run> finished = new ArrayList<>();
    private final List<Change.PutSlot> slots = new ArrayList<>();
    private final List<JobId> removed = new ArrayList<>();

    ChangeWriter(Reads reads, Agenda agenda, HistoryTable history) {
        this.reads = reads;
        this.session = reads.session();
        this.interned = reads.interned();
        this.agenda = agenda;
        this.history = history;
        this.pauses = new PauseTables(reads);
        this.hours = new HourCounts(session, agenda.partition());
        this.keys = new KeyTables(reads);
        this.specs = new SpecRows(reads, agenda, hours, keys);
        this.runs = new RunTable(session, agenda);
        this.stateRows = new RowWriter<>(
                session,
                "INSERT OR REPLACE INTO state (job, state) VALUES ",
                "(?, ?)",
                "",
                (query, state) -> query.with(state.id().value()).with(Codec.encode(state, state.id())));
        this.slotRows = new RowWriter<>(
                session,
                "INSERT OR REPLACE INTO slot (day, next) VALUES ",
                "(?, ?)",
                "",
                (query, put) -> query.with(put.day()).with(put.nextSequence()));
        this.lineRows = new RowWriter<>(
                session,
                "INSERT OR REPLACE INTO ledger (job, begins, line) VALUES ",
                "(?, ?, ?)",
                "",
                (query, line) ->
                        query.with(line.job().value()).with(line.fromMs()).with(Codec.encode(line, line.job())));
    }

    /** Goes back to what is committed. */
    void load() {
        pauses.load();
        hours.load();
        keys.load();
        clear();
    }

    /**
     * Writes a batch. What there is much of is written by kind, many rows at once, in the order of the jobs' ids: new
     * jobs of one day then go into the same page one after the other. Of two changes of a key the last counts.
     */
    void write(List<Change> batch) {
        batch.forEach(this::take);
        specs.write();
        keys.write();
        runs.write();
        history.append(finished);
        putStates();
        putLines();
        slotRows.write(slots);
        removed.forEach(this::removeJob);
        hours.write();
        clear();
    }

    private void clear() {
        specs.clear();
        keys.clear();
        List.of(states, finished, slots, removed).forEach(List::clear);
        runs.clear();
        lines.clear();
    }

    /** Writes a change, or puts it to the others of its kind. */
    private void take(Change change) {
        switch (change) {
            case Change.PutSpec put -> {
                specs.add(put);
                keys.add(put.spec());
            }
            case Change.RemoveJob remove -> removed.add(remove.id());
            case Change.PutState put -> states.add(put.state());
            case Change.OfRun ofRun -> runs.add(ofRun);
            case Change.PutLedger put -> lines.put(put.key(), put);
            case Change.RemoveLedger remove -> lines.put(remove.key(), remove);
            case Change.AppendHistory append -> finished.add(append.run());
            case Change.PutDead put -> putDead(put.letter());
            case Change.RemoveDead remove ->
                byRun("DELETE FROM dead WHERE job = ? AND nominal = ? AND mark = ?", remove.id())
                        .run();
            case Change.PutSubmitKey put -> keys.add(put);
            case Change.RemoveSubmitKey remove -> keys.add(remove);
            case Change.PutRequest put -> putRequest(put.answer());
            case Change.RemoveRequest remove ->
                session.on("DELETE FROM request WHERE id = ?")
                        .with(remove.requestId())
                        .run();
            case Change.PutSlot put -> slots.add(put);
            case Change.PutTenant put ->
                putTenant(
                        "UPDATE tenant SET limits = ? WHERE number = ?",
                        put.tenant().name(),
                        Codec.encode(put.tenant()));
            case Change.PutCounts put ->
                putTenant(
                        "UPDATE tenant SET counts = ? WHERE number = ?",
                        put.counts().tenant(),
                        Codec.encode(put.counts()));
            case Change.PutPause put -> pauses.put(put.order());
            case Change.RemovePause remove -> pauses.remove(remove.tenant());
            case Change.PutBackfill put -> pauses.put(put.backfill());
            case Change.RemoveBackfill remove -> pauses.removeBackfill(remove.job(), remove.number());
            case Change.PutHead put ->
                session.on("UPDATE partition SET head = ?")
                        .with(Codec.encode(put.head()))
                        .run();
        }
    }

    private void removeJob(JobId id) {
        reads.spec(id).ifPresent(keys::removeJob);
        hours.remove(id);
        session.on("DELETE FROM job WHERE id = ?").with(id.value()).run();
        session.on("DELETE FROM edit WHERE job = ?").with(id.value()).run();
        session.on("DELETE FROM state WHERE job = ?").with(id.value()).run();
        session.on("DELETE FROM ledger WHERE job = ?").with(id.value()).run();
        session.on("DELETE FROM forgotten WHERE job = ?").with(id.value()).run();
    }

    private void putStates() {
        states.sort(Comparator.comparing(JobState::id));
        stateRows.write(states);
        for (JobState state : states) {
            state.wakeMs().ifPresent(wakeMs -> agenda.job(wakeMs, state.id()));
            pauses.held(state);
            history.over(state);
        }
    }

    private void putLines() {
        List<LedgerLine> kept = new ArrayList<>();
        for (Change change : lines.values()) {
            if (change instanceof Change.PutLedger put) {
                kept.add(put.line());
            } else if (change instanceof Change.RemoveLedger remove) {
                session.on("DELETE FROM ledger WHERE job = ? AND begins = ?")
                        .with(remove.job().value())
                        .with(remove.fromMs())
                        .run();
            }
        }
        lineRows.write(kept);
    }

    private void putDead(DeadLetter letter) {
        RunId id = letter.run().id();
        byRun("INSERT OR REPLACE INTO dead (job, nominal, mark, died, letter) VALUES (?, ?, ?, ?, ?)", id)
                .with(letter.diedMs())
                .with(Codec.encode(letter, id.job()))
                .run();
    }

    private void putRequest(RequestAnswer answer) {
        session.on("INSERT OR REPLACE INTO request (id, expires, answer) VALUES (?, ?, ?)")
                .with(answer.requestId())
                .with(answer.expiresMs())
                .with(Codec.encode(answer))
                .run();
    }

    private void putTenant(String update, String name, byte[] value) {
        session.on(update).with(value).with(interned.tenantOrNew(name, session)).run();
    }

    private Query byRun(String sql, RunId id) {
        return RunTable.byKey(session.on(sql), id);
    }
}
