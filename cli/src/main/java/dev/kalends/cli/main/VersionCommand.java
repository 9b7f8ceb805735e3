package dev.kalends.cli.main;

import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.output.JsonObject;
import dev.kalends.cli.output.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** {@code version}: which build this is, and which Java runs it. */
final class VersionCommand implements Command {
    private static final String RESOURCE = "/dev/kalends/cli/build.properties";

    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("version");
    }

    @Override
    public int run(Arguments arguments, Session session) throws IOException {
        String version = version();
        String java = Runtime.version().toString();
        if (session.settings().manner().format().isJson()) {
            session.surroundings()
                    .out()
                    .line(JsonText.of(new JsonObject().text("version", version).text("java", java)));
        } else if (session.settings().manner().quiet()) {
            session.surroundings().out().line(version);
        } else {
            session.surroundings().out().line("kalends " + version).line("java " + java);
        }
        return DONE;
    }

    /** The version of this build, as Maven wrote it. */
    static String version() throws IOException {
        Properties build = new Properties();
        try (InputStream in = VersionCommand.class.getResourceAsStream(RESOURCE)) {
            if (in != null) {
                build.load(in);
            }
        }
        return build.getProperty("version", "unknown");
    }
}
