package dev.kalends.peers;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What was found about one contestant, a value for each repetition, and what went wrong. */
final class Results {
    private final Map<Measure, List<Double>> values = new EnumMap<>(Measure.class);
    private final List<String> remarks = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    void add(Measure measure, double value) {
        values.computeIfAbsent(measure, _ -> new ArrayList<>()).add(value);
    }

    /** What a reader of the figures has to know. */
    void remark(String what) {
        remarks.add(what);
    }

    List<String> remarks() {
        return remarks;
    }

    /** What should not have happened. */
    void fault(String what) {
        faults.add(what);
    }

    List<Double> values(Measure measure) {
        return values.getOrDefault(measure, List.of());
    }

    OptionalDouble median(Measure measure) {
        List<Double> sorted = values(measure).stream().sorted().toList();
        if (sorted.isEmpty()) {
            return OptionalDouble.empty();
        }
        int half = sorted.size() / 2;
        return OptionalDouble.of(
                sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2);
    }

    List<String> faults() {
        return faults;
    }
}
