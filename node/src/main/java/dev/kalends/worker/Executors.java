package dev.kalends.worker;

/** The executors of a worker, by kind of work. */
record Executors(CommandExecutor command, HttpExecutor http, NoopExecutor noop, Isolation isolation) {
    static Executors of(WorkerSettings settings) {
        Confinement confinement = Confinement.probe(HostTools.find(), settings.isolation());
        CommandSettings commands =
                new CommandSettings(confinement, settings.grace(), settings.environment(), settings.monotonic());
        return new Executors(
                new CommandExecutor(commands),
                new HttpExecutor(settings.addresses(), settings.wall(), settings.version()),
                new NoopExecutor(),
                confinement.isolation());
    }

    Outcome execute(Execution execution) throws InterruptedException {
        return switch (execution.grant().kind()) {
            case "command" -> command.execute(execution);
            case "http" -> http.execute(execution);
            case "noop" -> noop.execute(execution);
            default ->
                new CannotStartException("this worker does not know the kind; kind="
                                + execution.grant().kind())
                        .outcome();
        };
    }
}
