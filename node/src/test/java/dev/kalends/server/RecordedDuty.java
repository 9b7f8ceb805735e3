package dev.kalends.server;

import dev.kalends.api.CheckView;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what it is told to do. */
final class RecordedDuty implements NodeDuty {
    final List<String> told = new CopyOnWriteArrayList<>();

    @Override
    public void drain() {
        told.add("drain");
    }

    @Override
    public void undrain() {
        told.add("undrain");
    }

    @Override
    public void stepDown(int partition) {
        told.add("step-down " + partition);
    }

    @Override
    public List<CheckView> checks() {
        return List.of(new CheckView("self", "kafka", "ok", "1 broker answers in 2 ms", null));
    }

    @Override
    public Optional<Trust> trust(int partition) {
        return Optional.of(new Trust(4_000, 5_000, 500));
    }
}
