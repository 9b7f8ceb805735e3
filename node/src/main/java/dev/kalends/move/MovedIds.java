package dev.kalends.move;

import dev.kalends.job.JobId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The new id of each old one: 16 bytes a job, and some room to grow. Old ids come in long rising stretches, each of
 * which is an array that is searched.
 */
final class MovedIds {
    private static final int FIRST_ROOM = 64;

    private final Map<Integer, List<Stretch>> stretchesByPartition = new HashMap<>();

    /** Rising old ids with their new ones. */
    private static final class Stretch {
        private long[] before = new long[FIRST_ROOM];
        private long[] now = new long[FIRST_ROOM];
        private int size;

        boolean takes(long id) {
            return size == 0 || before[size - 1] < id;
        }

        void add(long old, long id) {
            if (size == before.length) {
                before = Arrays.copyOf(before, 2 * size);
                now = Arrays.copyOf(now, 2 * size);
            }
            before[size] = old;
            now[size++] = id;
        }
    }

    void put(JobId old, JobId id) {
        List<Stretch> stretches = stretchesByPartition.computeIfAbsent(old.partition(), _ -> new ArrayList<>());
        if (stretches.isEmpty() || !stretches.getLast().takes(old.value())) {
            stretches.add(new Stretch());
        }
        stretches.getLast().add(old.value(), id.value());
    }

    Optional<JobId> find(JobId old) {
        for (Stretch stretch : stretchesByPartition.getOrDefault(old.partition(), List.of())) {
            int place = Arrays.binarySearch(stretch.before, 0, stretch.size, old.value());
            if (place >= 0) {
                return Optional.of(new JobId(stretch.now[place]));
            }
        }
        return Optional.empty();
    }
}
