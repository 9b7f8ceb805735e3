package dev.kalends.cli.main;

import dev.kalends.cli.bench.FarTier;
import dev.kalends.node.StoreTrial;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Lets {@code bench store} measure a node's store: the only command beside {@code node} that opens one. */
final class StoreTrials implements FarTier {
    @Override
    public List<Measured> measure(Order order, Consumer<String> progress) throws IOException {
        StoreTrial trial = StoreTrial.of(order.data(), progress);
        StoreTrial.Load load = trial.load(order.jobs(), order.spanMs(), order.batchJobs());
        Set<StoreTrial.Trait> traits = order.traits().stream()
                .map(trait -> StoreTrial.Trait.valueOf(trait.name()))
                .collect(Collectors.toSet());
        return trial.run(load.with(traits)).stream()
                .map(figure -> new Measured(figure.name(), figure.value(), figure.unit()))
                .toList();
    }
}
