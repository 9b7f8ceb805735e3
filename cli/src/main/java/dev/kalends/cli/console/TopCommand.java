package dev.kalends.cli.console;

import dev.kalends.api.ApiException;
import dev.kalends.api.ErrorCode;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.io.TerminalFacts;
import dev.kalends.tui.main.Top;
import dev.kalends.tui.main.TopSettings;
import dev.kalends.tui.model.Manner;
import java.io.IOException;

/** {@code top}: the full-screen console. */
public final class TopCommand implements Command {
    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("top [--read-only] [--slow] [--ascii]")
                .toggle("--read-only", "hide and refuse everything that changes something")
                .toggle("--slow", "one frame a second instead of four, for slow lines")
                .toggle("--ascii", "draw with ASCII alone, for poor terminals")
                .examples("kalends top", "kalends top --read-only --node http://n1:7070,http://n2:7070");
    }

    @Override
    public int run(Arguments arguments, Session session) throws IOException, InterruptedException {
        TerminalFacts terminal = session.surroundings().terminal();
        if (!terminal.in() || !terminal.out()) {
            throw new ApiException(
                    ErrorCode.USAGE,
                    "top needs a terminal for stdin and stdout",
                    "for a pipe: kalends status   kalends stats   kalends events -f");
        }
        String type = session.surroundings().environment().get("TERM").orElse("dumb");
        if (type.equals("dumb")) {
            throw new ApiException(
                    ErrorCode.USAGE, "this terminal cannot move its cursor; TERM=" + type, "try: kalends status");
        }
        Manner manner = new Manner(
                arguments.has("--read-only"),
                arguments.has("--ascii"),
                !session.terminal().plain(),
                session.zone(),
                session.settings().target().tenant());
        long frameMs = arguments.has("--slow") ? TopSettings.SLOW_FRAME_MS : TopSettings.FRAME_MS;
        Top.run(new TopSettings(
                session.clientSettings(), session.surroundings().clocks().wall(), manner, frameMs));
        return DONE;
    }
}
