package dev.kalends.runtime;

import dev.kalends.job.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gives run ids small negative numbers while they are in the timing wheel, whose payload is one word. */
final class RunTimers {
    private final List<@Nullable RunId> runByIndex = new ArrayList<>();
    private final List<Integer> free = new ArrayList<>();

    /** A number for a run: -1, -2, … */
    long put(RunId run) {
        if (free.isEmpty()) {
            runByIndex.add(run);
            return -runByIndex.size();
        }
        int index = free.removeLast();
        runByIndex.set(index, run);
        return -1L - index;
    }

    /** The run of a number, which is free afterwards. */
    RunId take(long number) {
        int index = (int) (-1 - number);
        RunId run = Objects.requireNonNull(runByIndex.get(index), "no such run timer");
        runByIndex.set(index, null);
        free.add(index);
        return run;
    }

    void clear() {
        runByIndex.clear();
        free.clear();
    }
}
