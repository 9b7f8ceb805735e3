package dev.kalends.worker;

/** How the processes of a command are kept together, so that they die together. */
public enum Isolation {
    /** A PID namespace of their own: when its first process ends, the kernel kills all others. Nothing escapes. */
    PID_NAMESPACE("pid-namespace"),
    /**
     * A supervising shell that kills the process group, and any other process that carries the lease in its
     * environment, when the worker is gone. A process that leaves the group and cleans its environment escapes.
     */
    SUPERVISED("supervised"),
    /** Nothing: a killed worker leaves its jobs' processes behind. */
    DIRECT("direct");

    private final String word;

    Isolation(String word) {
        this.word = word;
    }

    /** The word that a worker tells its node. */
    public String word() {
        return word;
    }
}
