package dev.kalends.server;

import dev.kalends.api.ApiException;
import dev.kalends.job.Hash;
import dev.kalends.journal.RequestAnswer;
import dev.kalends.partition.Command;
import dev.kalends.partition.Deed;
import dev.kalends.runtime.PartitionHandle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who did what, as the partitions keep it: each note lies in one of them.
 *
 * <p>A note is written after its deed and before the answer, so what was answered is on record; where that takes too
 * long, as without a leader, the log has it instead: a record must not keep anybody from acting.
 */
final class DeedBook {
    private static final long NOTE_WAIT_MS = 2_000;

    private final Partitions partitions;
    private final NodeLog log;

    DeedBook(Partitions partitions, NodeLog log) {
        this.partitions = partitions;
        this.log = log;
    }

    /** Puts it on record, and waits for a moment until it is. */
    void note(Deed deed, String requestId) throws InterruptedException {
        List<PartitionHandle> all = partitions.all();
        PartitionHandle home = all.get(Math.floorMod(Hash.of("deed", requestId), all.size()));
        try {
            Partitions.settled(home.ask(new Command.Note(deed.id(requestId), deed)), NOTE_WAIT_MS);
        } catch (ApiException e) {
            log.warn("not on record in time: " + deed.who() + " " + deed.verb() + " " + Texts.excerpt(deed.subject())
                    + "; error=" + e.code().word());
        }
    }

    /** Deeds since an instant that a scope may see, the oldest first; of too many the last ones. */
    List<Deed> since(long sinceMs, Scope scope, int limit) {
        List<Deed> deeds = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (PartitionHandle handle : partitions.all()) {
            for (RequestAnswer answer : handle.reader().answers(Deed.from(sinceMs), Deed.end(), limit)) {
                Deed.of(answer)
                        .filter(deed -> deed.tenant().equals(Deed.EVERY)
                                ? scope.principal().tenant().isEmpty()
                                : scope.sees(deed.tenant()))
                        .filter(deed -> seen.add(Deed.requestOf(answer) + " " + deed.verb() + " " + deed.subject()))
                        .ifPresent(deeds::add);
            }
        }
        deeds.sort(Comparator.comparingLong(Deed::atMs));
        return deeds;
    }
}
