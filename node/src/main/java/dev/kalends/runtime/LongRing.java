package dev.kalends.runtime;

/** A first-in first-out queue of numbers on one array, which grows. */
final class LongRing {
    private static final int FIRST_CAPACITY = 16;

    private long[] numbers = new long[FIRST_CAPACITY];
    private int head;
    private int size;

    int size() {
        return size;
    }

    void add(long number) {
        if (size == numbers.length) {
            long[] bigger = new long[numbers.length * 2];
            System.arraycopy(numbers, head, bigger, 0, numbers.length - head);
            System.arraycopy(numbers, 0, bigger, numbers.length - head, head);
            numbers = bigger;
            head = 0;
        }
        numbers[(head + size) % numbers.length] = number;
        size++;
    }

    /** Takes the first; there must be one. */
    long poll() {
        if (size == 0) {
            throw new IllegalStateException("nothing is there; size=0");
        }
        long number = numbers[head];
        head = (head + 1) % numbers.length;
        size--;
        return number;
    }

    void clear() {
        numbers = new long[FIRST_CAPACITY];
        head = 0;
        size = 0;
    }
}
