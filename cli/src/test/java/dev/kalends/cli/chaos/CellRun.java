package dev.kalends.cli.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a blow has at hand: the site, how long the load goes on, chance with a seed, and where to note what it did. */
final class CellRun {
    private static final Duration QUIET_END = Duration.ofSeconds(10);

    private final Site site;
    private final Load load;
    private final Recorder recorder;
    private final Random random;
    private final ChaosOptions options;
    private final List<Mark> marks = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * A moment from which the recovery of partitions is measured.
     *
     * @param partitions those that were hit
     */
    record Mark(String what, long atMs, Set<Integer> partitions) {}

    CellRun(Site site, Load load, Recorder recorder, Random random, ChaosOptions options) {
        this.site = site;
        this.load = load;
        this.recorder = recorder;
        this.random = random;
        this.options = options;
    }

    Site site() {
        return site;
    }

    ChaosOptions options() {
        return options;
    }

    List<Mark> marks() {
        return List.copyOf(marks);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    void note(String text) {
        notes.add(text);
        options.say("    " + text);
    }

    /** How many jobs that call the recorder began in a second, over a while from now. */
    double beginsPerSecond(Duration over) {
        int before = recorder.executions().size();
        long fromNs = System.nanoTime();
        Waits.pass(over);
        return (recorder.executions().size() - before) * 1e9 / (System.nanoTime() - fromNs);
    }

    /** Whether there is time for one more blow that takes so long, with some quiet after it. */
    boolean timeFor(Duration blow) {
        long endMs = System.currentTimeMillis() + blow.toMillis() + QUIET_END.toMillis();
        return endMs < load.untilMs();
    }

    /** Lets the load go on undisturbed for a while, a little longer or shorter by chance. */
    void calm(Duration about) {
        Waits.pass(about.multipliedBy(750 + random.nextInt(500)).dividedBy(1000));
    }

    <T> T oneOf(List<T> items) {
        if (items.isEmpty()) {
            throw new CellFailure("there is nothing to choose from");
        }
        return items.get(random.nextInt(items.size()));
    }

    /** Says that partitions are hit now. */
    void mark(String what, Set<Integer> partitions) {
        marks.add(new Mark(what, System.currentTimeMillis(), new TreeSet<>(partitions)));
        options.say("    " + what + "; partitions=" + partitions);
    }

    Set<Integer> allPartitions() {
        return new TreeSet<>(site.leaders().keySet());
    }

    /** A node that leads something, with what it leads. */
    Map.Entry<String, Set<Integer>> someLeader() throws Exception {
        site.awaitLeaders();
        Map<String, Set<Integer>> partitionsByNode = site.leaders().entrySet().stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue, TreeMap::new, Collectors.mapping(Map.Entry::getKey, Collectors.toSet())));
        return oneOf(List.copyOf(partitionsByNode.entrySet()));
    }
}
