package dev.kalends.tui.model;

import dev.kalends.api.DeadPage;
import dev.kalends.api.ForecastView;
import dev.kalends.api.NodeView;
import dev.kalends.api.PartitionView;
import dev.kalends.api.RunView;
import dev.kalends.api.StatsView;
import dev.kalends.api.TenantView;
import dev.kalends.api.WorkerView;
import java.util.List;
import java.util.Optional;

/** Something that was just read from a node: takes its place in the data. */
public sealed interface Reading {
    /** The data with it, read at a time on the monotonic clock. */
    Data into(Data data, long atMs);

    /** The node's figures. */
    record Stats(StatsView stats) implements Reading {
        @Override
        public Data into(Data d, long atMs) {
            return new Data(
                    new Timed<>(Optional.of(stats), atMs),
                    d.partitions(),
                    d.nodes(),
                    d.workers(),
                    d.leases(),
                    d.forecast(),
                    d.jobs(),
                    d.runs(),
                    d.dead(),
                    d.tenants(),
                    d.job(),
                    d.run(),
                    d.pulse());
        }
    }

    /** Who leads what. */
    record Partitions(List<PartitionView> partitions) implements Reading {
        @Override
        public Data into(Data d, long atMs) {
            return new Data(
                    d.stats(),
                    new Timed<>(partitions, atMs),
                    d.nodes(),
                    d.workers(),
                    d.leases(),
                    d.forecast(),
                    d.jobs(),
                    d.runs(),
                    d.dead(),
                    d.tenants(),
                    d.job(),
                    d.run(),
                    d.pulse());
        }
    }

    /** The nodes. */
    record Nodes(List<NodeView> nodes) implements Reading {
        @Override
        public Data into(Data d, long atMs) {
            return new Data(
                    d.stats(),
                    d.partitions(),
                    new Timed<>(nodes, atMs),
                    d.workers(),
                    d.leases(),
                    d.forecast(),
                    d.jobs(),
                    d.runs(),
                    d.dead(),
                    d.tenants(),
                    d.job(),
                    d.run(),
                    d.pulse());
        }
    }

    /** The workers. */
    record Workers(List<WorkerView> workers) implements Reading {
        @Override
        public Data into(Data d, long atMs) {
            return new Data(
                    d.stats(),
                    d.partitions(),
                    d.nodes(),
                    new Timed<>(workers, atMs),
                    d.leases(),
                    d.forecast(),
                    d.jobs(),
                    d.runs(),
                    d.dead(),
                    d.tenants(),
                    d.job(),
                    d.run(),
                    d.pulse());
        }
    }

    /** What is executing now. */
    record Leases(List<RunView> leases) implements Reading {
        @Override
        public Data into(Data d, long atMs) {
            return new Data(
                    d.stats(),
                    d.partitions(),
                    d.nodes(),
                    d.workers(),
                    new Timed<>(leases, atMs),
                    d.forecast(),
                    d.jobs(),
                    d.runs(),
                    d.dead(),
                    d.tenants(),
                    d.job(),
                    d.run(),
                    d.pulse());
        }
    }

    /** How many fires come when. */
    record Forecast(ForecastView forecast) implements Reading {
        @Override
        public Data into(Data d, long atMs) {
            return new Data(
                    d.stats(),
                    d.partitions(),
                    d.nodes(),
                    d.workers(),
                    d.leases(),
                    new Timed<>(Optional.of(forecast), atMs),
                    d.jobs(),
                    d.runs(),
                    d.dead(),
                    d.tenants(),
                    d.job(),
                    d.run(),
                    d.pulse());
        }
    }

    /** Jobs. */
    record Jobs(Data.Jobs jobs) implements Reading {
        @Override
        public Data into(Data d, long atMs) {
            return new Data(
                    d.stats(),
                    d.partitions(),
                    d.nodes(),
                    d.workers(),
                    d.leases(),
                    d.forecast(),
                    new Timed<>(jobs, atMs),
                    d.runs(),
                    d.dead(),
                    d.tenants(),
                    d.job(),
                    d.run(),
                    d.pulse());
        }
    }

    /** Runs. */
    record Runs(List<RunView> runs) implements Reading {
        @Override
        public Data into(Data d, long atMs) {
            return new Data(
                    d.stats(),
                    d.partitions(),
                    d.nodes(),
                    d.workers(),
                    d.leases(),
                    d.forecast(),
                    d.jobs(),
                    new Timed<>(runs, atMs),
                    d.dead(),
                    d.tenants(),
                    d.job(),
                    d.run(),
                    d.pulse());
        }
    }

    /** Dead letters. */
    record Dead(DeadPage dead) implements Reading {
        @Override
        public Data into(Data d, long atMs) {
            return new Data(
                    d.stats(),
                    d.partitions(),
                    d.nodes(),
                    d.workers(),
                    d.leases(),
                    d.forecast(),
                    d.jobs(),
                    d.runs(),
                    new Timed<>(Optional.of(dead), atMs),
                    d.tenants(),
                    d.job(),
                    d.run(),
                    d.pulse());
        }
    }

    /** Tenants. */
    record Tenants(List<TenantView> tenants) implements Reading {
        @Override
        public Data into(Data d, long atMs) {
            return new Data(
                    d.stats(),
                    d.partitions(),
                    d.nodes(),
                    d.workers(),
                    d.leases(),
                    d.forecast(),
                    d.jobs(),
                    d.runs(),
                    d.dead(),
                    new Timed<>(tenants, atMs),
                    d.job(),
                    d.run(),
                    d.pulse());
        }
    }

    /** One job; the subject is how the place calls it. */
    record Job(String subject, Data.JobDetail job) implements Reading {
        @Override
        public Data into(Data d, long atMs) {
            return new Data(
                    d.stats(),
                    d.partitions(),
                    d.nodes(),
                    d.workers(),
                    d.leases(),
                    d.forecast(),
                    d.jobs(),
                    d.runs(),
                    d.dead(),
                    d.tenants(),
                    new Timed<>(Optional.of(job), atMs),
                    d.run(),
                    d.pulse());
        }
    }

    /** One run; the subject is how the place calls it. */
    record Run(String subject, Data.RunDetail run) implements Reading {
        @Override
        public Data into(Data d, long atMs) {
            return new Data(
                    d.stats(),
                    d.partitions(),
                    d.nodes(),
                    d.workers(),
                    d.leases(),
                    d.forecast(),
                    d.jobs(),
                    d.runs(),
                    d.dead(),
                    d.tenants(),
                    d.job(),
                    new Timed<>(Optional.of(run), atMs),
                    d.pulse());
        }
    }

    /** The last hour by minutes. */
    record Beat(Pulse pulse) implements Reading {
        @Override
        public Data into(Data d, long atMs) {
            return new Data(
                    d.stats(),
                    d.partitions(),
                    d.nodes(),
                    d.workers(),
                    d.leases(),
                    d.forecast(),
                    d.jobs(),
                    d.runs(),
                    d.dead(),
                    d.tenants(),
                    d.job(),
                    d.run(),
                    pulse);
        }
    }
}
