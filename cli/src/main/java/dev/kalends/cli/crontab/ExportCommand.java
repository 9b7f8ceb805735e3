package dev.kalends.cli.crontab;

import dev.kalends.api.JobRequest;
import dev.kalends.api.Json;
import dev.kalends.cli.command.Arguments;
import dev.kalends.cli.command.Command;
import dev.kalends.cli.command.Grammar;
import dev.kalends.cli.command.Session;
import dev.kalends.cli.io.Printer;
import dev.kalends.tui.text.SafeText;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** {@code export}: prints the jobs that are alive, to be submitted again or to be given back to cron. */
public final class ExportCommand implements Command {
    @Override
    public void declare(Grammar grammar) {
        grammar.synopsis("export [GLOB] [-l k=v] [--format ndjson|crontab] [--user-column]")
                .positionals("GLOB", "0..1", "names to print, such as 'billing/*' (default: all jobs)")
                .repeated("-l,--label", "k=v", "only jobs with this label; several: with all of them")
                .value("--format", "FORM", "ndjson (default), which submit -f reads, or crontab")
                .choices("--format", "ndjson", "crontab")
                .toggle("--user-column", "with crontab: write the user of each line, as in /etc/crontab")
                .examples(
                        "kalends export > jobs.ndjson",
                        "kalends submit -f jobs.ndjson --node http://other:7070",
                        "kalends export 'cron/*' --format crontab");
    }

    @Override
    public int run(Arguments arguments, Session session) {
        Printer out = session.surroundings().out();
        Consumer<byte[]> print = printer(arguments, out);
        session.client().export(arguments.positionals().stream().findFirst(), arguments.texts("--label"), print);
        out.flush();
        return DONE;
    }

    private static Consumer<byte[]> printer(Arguments arguments, Printer out) {
        String format = arguments.text("--format").orElse("ndjson");
        boolean userColumn = arguments.has("--user-column");
        return switch (format) {
            case "ndjson" -> {
                if (userColumn) {
                    throw Arguments.usage("--user-column belongs to --format crontab");
                }
                yield line -> out.line(SafeText.json(new String(line, StandardCharsets.UTF_8)));
            }
            case "crontab" -> {
                CrontabWriter writer =
                        new CrontabWriter(userColumn ? CrontabReader.Column.USER : CrontabReader.Column.NO_USER);
                yield line ->
                        writer.lines(Json.readAnswer(JobRequest.class, line)).forEach(out::line);
            }
            default -> throw Arguments.usage("--format is ndjson or crontab; value=" + format);
        };
    }
}
