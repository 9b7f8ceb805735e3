package dev.kalends.cli.main;

import dev.kalends.cli.act.BackfillCommand;
import dev.kalends.cli.act.CancelCommand;
import dev.kalends.cli.act.PauseCommand;
import dev.kalends.cli.act.RerunCommand;
import dev.kalends.cli.act.ResumeCommand;
import dev.kalends.cli.act.TriggerCommand;
import dev.kalends.cli.act.WaitCommand;
import dev.kalends.cli.bench.BenchCommand;
import dev.kalends.cli.cluster.ClusterCommand;
import dev.kalends.cli.cluster.NodesCommand;
import dev.kalends.cli.cluster.QueuesCommand;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.complete.CompletionCommand;
import dev.kalends.cli.complete.NamesCommand;
import dev.kalends.cli.console.TopCommand;
import dev.kalends.cli.crontab.ExportCommand;
import dev.kalends.cli.crontab.ImportCommand;
import dev.kalends.cli.dead.DeadActionCommand;
import dev.kalends.cli.dead.DeadListCommand;
import dev.kalends.cli.dead.DeadShowCommand;
import dev.kalends.cli.demo.DemoCommand;
import dev.kalends.cli.keep.BackupCommand;
import dev.kalends.cli.look.EventsCommand;
import dev.kalends.cli.look.ListCommand;
import dev.kalends.cli.look.LogsCommand;
import dev.kalends.cli.look.RunsCommand;
import dev.kalends.cli.look.ShowCommand;
import dev.kalends.cli.look.WhyCommand;
import dev.kalends.cli.oncall.AuditCommand;
import dev.kalends.cli.oncall.DoctorCommand;
import dev.kalends.cli.oncall.HandoffCommand;
import dev.kalends.cli.oncall.LeasesCommand;
import dev.kalends.cli.oncall.StatsCommand;
import dev.kalends.cli.oncall.StatusCommand;
import dev.kalends.cli.oncall.TenantListCommand;
import dev.kalends.cli.oncall.TenantSetCommand;
import dev.kalends.cli.oncall.WorkersCommand;
import dev.kalends.cli.plan.ForecastCommand;
import dev.kalends.cli.plan.NextCommand;
import dev.kalends.cli.plan.SimulateCommand;
import dev.kalends.cli.shell.ShellCommand;
import dev.kalends.cli.submit.EditCommand;
import dev.kalends.cli.submit.SubmitCommand;

/** Makes the command of a path. A class is loaded only when its case is reached. */
final class CommandFactory {
    private CommandFactory() {}

    /**
     * The command.
     *
     * @throws IllegalArgumentException if the table knows a path that has no case here; a test makes them all
     */
    static Command make(String path) {
        return switch (path) {
            case "submit" -> new SubmitCommand();
            case "edit" -> new EditCommand();
            case "cancel" -> new CancelCommand();
            case "trigger" -> new TriggerCommand();
            case "pause" -> new PauseCommand();
            case "resume" -> new ResumeCommand();
            case "backfill" -> new BackfillCommand();
            case "wait" -> new WaitCommand();
            case "rerun" -> new RerunCommand();
            case "next" -> new NextCommand();
            case "simulate" -> new SimulateCommand();
            case "import crontab" -> new ImportCommand();
            case "export" -> new ExportCommand();
            case "forecast" -> new ForecastCommand();
            case "node" -> new NodeCommand();
            case "worker" -> new WorkerCommand();
            case "demo" -> new DemoCommand();
            case "bench" -> new BenchCommand(new StoreTrials());
            case "shell" -> new ShellCommand((words, own) -> new CommandRunner(own).run(words), Catalog::commands);
            case "completion" -> new CompletionCommand(Catalog::commands);
            case NamesCommand.PATH -> new NamesCommand();
            case "version" -> new VersionCommand();
            case "ls" -> new ListCommand();
            case "show" -> new ShowCommand();
            case "why" -> new WhyCommand();
            case "logs" -> new LogsCommand();
            case "runs" -> new RunsCommand();
            case "events" -> new EventsCommand();
            case "dlq ls" -> new DeadListCommand();
            case "dlq show" -> new DeadShowCommand();
            case "dlq redrive" -> DeadActionCommand.redrive();
            case "dlq discard" -> DeadActionCommand.discard();
            case "top" -> new TopCommand();
            case "status" -> new StatusCommand();
            case "handoff" -> new HandoffCommand();
            case "audit" -> new AuditCommand();
            case "stats" -> new StatsCommand();
            case "leases" -> new LeasesCommand();
            case "workers" -> new WorkersCommand();
            case "nodes" -> new NodesCommand();
            case "queues" -> new QueuesCommand();
            case "cluster" -> new ClusterCommand();
            case "tenants ls" -> new TenantListCommand();
            case "tenants set" -> new TenantSetCommand();
            case "doctor" -> new DoctorCommand();
            case "backup" -> new BackupCommand();
            case "restore" -> new RestoreCommand();
            default -> throw new IllegalArgumentException("no such command; path=" + path);
        };
    }
}
