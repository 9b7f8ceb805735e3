package dev.kalends.cli.oncall;

import dev.kalends.api.ErrorCode;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.JsonObject;
import dev.kalends.cli.output.JsonText;
import dev.kalends.cli.output.Rendering;
import dev.kalends.schedule.InstantText;
import dev.kalends.tui.text.SafeText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code doctor}: whether this machine and the node are fit, and what to do where not; status 1 if something fails. */
public final class DoctorCommand implements Command {
    private static final int NAME_WIDTH = 16;

    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("doctor [--ready] [--data-dir DIR]")
                .toggle("--ready", "only whether the node takes work")
                .setting("--data-dir", "DIR", "where the node keeps its data (default: as kalends node)")
                .examples("kalends doctor", "until kalends -q doctor --ready; do sleep 1; done");
    }

    @Override
    public int run(Arguments arguments, Session session) throws IOException, InterruptedException {
        List<Check> checks = new ArrayList<>();
        NodeChecks node = new NodeChecks(session);
        if (arguments.has("--ready")) {
            checks.addAll(node.ready());
        } else {
            Path directory = arguments
                    .text("--data-dir")
                    .map(Path::of)
                    .orElseGet(() -> session.surroundings().environment().dataDirectory());
            machine(checks, session, directory);
            node(checks, node);
        }
        print(session, checks);
        boolean fit = checks.stream().noneMatch(check -> check.verdict() == Check.Verdict.FAIL);
        return fit ? DONE : ErrorCode.FAILED.exitCode();
    }

    private static void machine(List<Check> checks, Session session, Path directory)
            throws IOException, InterruptedException {
        checks.add(MachineChecks.java());
        checks.add(MachineChecks.clock(session.surroundings().clocks()));
        checks.add(ClockSync.check());
        checks.addAll(MachineChecks.limits());
        checks.add(MachineChecks.isolation());
        checks.add(MachineChecks.sandbox());
        checks.addAll(
                new DirectoryChecks(directory, session.surroundings().clocks().monotonic()).all());
    }

    private static void node(List<Check> checks, NodeChecks node) throws IOException {
        checks.add(node.token());
        List<Check> ready = node.ready();
        checks.addAll(ready);
        if (ready.getFirst().verdict() == Check.Verdict.OK) {
            checks.addAll(node.figures());
        } else {
            checks.add(node.port());
        }
    }

    private static void print(Session session, List<Check> checks) {
        Rendering to = session.rendering();
        List<JsonObject> items = checks.stream().map(DoctorCommand::json).toList();
        if (to.quiet()) {
            checks.stream()
                    .filter(check -> check.verdict() != Check.Verdict.OK)
                    .forEach(check -> to.out().line(check.name()));
            return;
        }
        switch (to.format()) {
            case JSON ->
                to.json(new JsonObject()
                        .text("asOf", InstantText.format(session.nowMs()))
                        .array("items", items)
                        .text("next", null));
            case NDJSON -> items.forEach(item -> to.out().line(JsonText.of(item)));
            case NAME -> checks.forEach(check -> to.out().line(check.name()));
            case AUTO, WIDE -> checks.forEach(check -> line(to, check));
        }
    }

    private static JsonObject json(Check check) {
        return new JsonObject()
                .text("check", check.name())
                .text("verdict", check.verdict().word())
                .text("found", check.found())
                .text("advice", check.advice().isEmpty() ? null : check.advice());
    }

    private static void line(Rendering to, Check check) {
        if (!to.terminal().out()) {
            to.out()
                    .line(check.verdict().word() + "\t" + check.name() + "\t" + SafeText.field(check.found()) + "\t"
                            + SafeText.field(check.advice()));
            return;
        }
        String word = check.verdict().word();
        String blanks = " ".repeat(NAME_WIDTH - check.name().length());
        to.out()
                .line(to.paint(check.verdict().paint(), word)
                        + " ".repeat(6 - word.length())
                        + check.name()
                        + blanks
                        + SafeText.line(check.found()));
        if (!check.advice().isEmpty()) {
            to.out().line("      " + " ".repeat(NAME_WIDTH) + "→ " + SafeText.line(check.advice()));
        }
    }
}
