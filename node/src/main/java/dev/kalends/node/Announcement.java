package dev.kalends.node;

import dev.kalends.job.RunState;
import dev.kalends.journal.Counts;
import dev.kalends.node.NodeConfig.Listen;
import dev.kalends.runtime.PartitionHandle;
import dev.kalends.server.NodeLog;
import dev.kalends.server.Services;
import java.nio.file.Path;
import java.util.List;

/** What a node says of itself once it is there: where it listens, what it found, where its token lies. */
record Announcement(NodeConfig config, NodeLog log) {
    void say(Listen listen, Services services, List<Path> left) {
        long waiting = 0;
        long open = 0;
        long running = 0;
        for (PartitionHandle handle : services.partitions().all()) {
            // What is held elsewhere was not recovered here.
            List<Counts> all = handle.isReadHere() ? handle.reader().counts() : List.of();
            for (Counts counts : all) {
                waiting += counts.scheduled();
                open += counts.ready() + counts.retrying();
                running += counts.running();
            }
        }
        log.info(
                "kalends " + config.version() + " listens on http://" + listen + ", data in " + config.dataDirectory());
        log.info("recovered " + waiting + " jobs, " + open + " runs that wait, " + running + " that were "
                + RunState.LEASED.word());
        log.info("token for commands of this user in " + left.getFirst());
        if (listen.beyondLoopback()) {
            log.warn("listening beyond loopback without TLS: whoever can listen on the network can read the token and"
                    + " become admin; listen=" + listen);
        }
    }
}
