package dev.kalends.partition;

import dev.kalends.job.JobId;
import dev.kalends.job.RunId;
import dev.kalends.job.RunKind;

/** A first-in first-out queue of runs on primitives: 32 bytes a run, so that a midnight herd fits in memory. */
final class RunRing {
    private static final int WORDS = 4;
    private static final int FIRST_CAPACITY = 16;

    private long[] words = new long[FIRST_CAPACITY * WORDS];
    private int head;
    private int size;

    int size() {
        return size;
    }

    void add(RunId run, long readyMs) {
        if (size * WORDS == words.length) {
            grow();
        }
        int at = ((head + size) % (words.length / WORDS)) * WORDS;
        words[at] = run.job().value();
        words[at + 1] = run.nominalMs();
        words[at + 2] = ((long) run.kind().code() << 32) | run.number();
        words[at + 3] = readyMs;
        size++;
    }

    /** Since when the first run is ready. */
    long headReadyMs() {
        return words[head * WORDS + 3];
    }

    /** Takes the first run; the ring must not be empty. */
    RunId poll() {
        if (size == 0) {
            throw new IllegalStateException("nothing is ready");
        }
        int at = head * WORDS;
        RunId run = new RunId(
                new JobId(words[at]), words[at + 1], RunKind.ofCode((int) (words[at + 2] >>> 32)), (int) words[at + 2]);
        head = (head + 1) % (words.length / WORDS);
        size--;
        if (size == 0 && words.length > 1024 * WORDS) {
            words = new long[FIRST_CAPACITY * WORDS];
            head = 0;
        }
        return run;
    }

    private void grow() {
        long[] bigger = new long[words.length * 2];
        int first = words.length - head * WORDS;
        System.arraycopy(words, head * WORDS, bigger, 0, first);
        System.arraycopy(words, 0, bigger, first, head * WORDS);
        words = bigger;
        head = 0;
    }
}
