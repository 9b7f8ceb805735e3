package dev.kalends.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.job.JobId;
import dev.kalends.lease.LeaseService.MemberEntry;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MemberTextTest {
    private static Standing read(String text) {
        return MemberText.read(new MemberEntry("n1", 7, text));
    }

    @Test
    void theTextIsWhatOtherVersionsRead() {
        Fitness fitness = new Fitness(Optional.of("draining"), Set.of(3, 12));
        assertEquals("url=http://h:1\nunfit=draining\nnot-for=3,12\n", MemberText.write("http://h:1", fitness));
        assertEquals(new Standing(new Coordination.Member("n1", "http://h:1"), 7, fitness), read("""
                        url=http://h:1
                        unfit=draining
                        level=9
                        not-for=3,12
                        """));
    }

    @Test
    void theLongestTextIsRead() {
        Set<Integer> all = IntStream.range(0, JobId.PARTITIONS_MAX).boxed().collect(Collectors.toSet());
        Fitness fitness = new Fitness(Optional.of("x".repeat(5 * Fitness.REASON_MAX)), all);
        assertEquals(
                fitness,
                read(MemberText.write("http://" + "h".repeat(253) + ":65535", fitness))
                        .fitness());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\u0000\u0001", "url", "url=u\nnot-for=1,x", "url=u\nnot-for=9999", "url=u\nnot-for=-1"})
    void whoCannotBeReadIsFitForNothing(String text) {
        assertFalse(read(text).fitness().fitFor(0));
    }

    @Test
    void whatIsTooLongIsNotRead() {
        assertFalse(
                read("url=u\n" + "x".repeat(LeaseService.TEXT_MAX)).fitness().fitFor(0));
        assertTrue(read("url=u\n").fitness().fitFor(0));
    }
}
