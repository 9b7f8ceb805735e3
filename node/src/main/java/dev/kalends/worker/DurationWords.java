package dev.kalends.worker;

/** Words for durations in messages: {@code 250ms}, {@code 5s}, {@code 90s}. */
final class DurationWords {
    private DurationWords() {}

    static String of(long ms) {
        return ms % 1000 == 0 ? ms / 1000 + "s" : ms + "ms";
    }
}
