package dev.kalends.server;

import dev.kalends.api.Grant;
import dev.kalends.api.JobRequest;
import dev.kalends.job.Run;
import dev.kalends.job.SandboxMode;
import dev.kalends.job.Work;
import dev.kalends.partition.Reply;
import dev.kalends.schedule.InstantText;

/** Shows a granted lease to the worker that got it. */
final class Grants {
    private Grants() {}

    static Grant of(Reply.Granted granted) {
        Run run = granted.run();
        long token = run.lease().orElseThrow().token();
        Work work = granted.spec().work();
        Work.Command command = work instanceof Work.Command is ? is : null;
        Work.Http http = work instanceof Work.Http is ? is : null;
        return new Grant(
                run.id().toString(),
                run.series(),
                run.attempt(),
                token,
                InstantText.format(run.id().nominalMs()),
                run.route().tenant(),
                work.kind(),
                command == null ? null : command.argv(),
                command == null ? null : command.env(),
                command == null ? null : command.cwd().orElse(null),
                command == null ? null : command.user().orElse(null),
                command == null ? null : command.stdin().orElse(null),
                http == null
                        ? null
                        : new JobRequest.Http(
                                http.method(),
                                http.url(),
                                http.headers(),
                                http.body().orElse(null)),
                granted.spec().policy().timeoutMs().orElse(null),
                granted.spec().policy().sandbox() == SandboxMode.REQUIRED ? "required" : "none");
    }
}
