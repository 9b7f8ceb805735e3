package dev.kalends.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.job.JobId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a replica lacks is not found only when the replica is known to have everything. */
final class JobFinderTest {
    private static final int PARTITION = 0;

    private final JobId known = JobId.of(PARTITION, 20_000, 1);
    private final JobId unknown = JobId.of(PARTITION, 20_000, 2);
    private final StillPartition replica = new StillPartition(known);
    private final JobFinder finder = new JobFinder(new Partitions(List.of(replica)));
    private final Scope everybody = new Scope(Optional.of("default"), Principal.admin());

    private ErrorCode refusal(JobFinder.Use use) {
        return assertThrows(ApiException.class, () -> finder.find(unknown.toString(), everybody, use))
                .code();
    }

    @Test
    void whatNoReplicaHasIsNotFound() {
        assertEquals(ErrorCode.NOT_FOUND, refusal(JobFinder.Use.LOOK));
        assertEquals(ErrorCode.NOT_FOUND, refusal(JobFinder.Use.CHANGE));
    }

    @Test
    void whatAReplicaThatIsBehindLacksMayBeThere() {
        replica.current = false;
        assertEquals(ErrorCode.UNAVAILABLE, refusal(JobFinder.Use.LOOK));
        assertEquals(ErrorCode.UNAVAILABLE, refusal(JobFinder.Use.CHANGE));
    }

    @Test
    void whatAReplicaThatIsBehindHasIsFound() {
        replica.current = false;
        assertEquals(
                known,
                finder.find(known.toString(), everybody, JobFinder.Use.CHANGE).id());
    }
}
