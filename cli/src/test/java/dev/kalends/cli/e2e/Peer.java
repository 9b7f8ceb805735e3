package dev.kalends.cli.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Another evaluator of schedules, in a process of its own. */
interface Peer {
    /** Its fires for each question, in their order; empty where the question cannot be put to it. */
    List<Optional<List<Long>>> answers(List<PeerQuestion> questions) throws IOException, InterruptedException;

    /** croner, one process for all questions. */
    record Croner(Path script, Path module) implements Peer {
        @Override
        public List<Optional<List<Long>>> answers(List<PeerQuestion> questions)
                throws IOException, InterruptedException {
            Path input = Files.createTempFile("croner", ".tsv");
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < questions.size(); i++) {
                PeerQuestion q = questions.get(i);
                lines.add(String.join(
                        "\t", "" + i, q.cron(), q.zone().getId(), "" + q.afterMs(), "" + PeerQuestion.FIRES));
            }
            Files.write(input, lines);
            ProcessBuilder node = new ProcessBuilder("node", script.toString(), module.toString());
            List<String> said = output(node.redirectInput(input.toFile()));
            Files.delete(input);
            if (said.size() != questions.size()) {
                throw new IOException("croner answered " + said.size() + " of " + questions.size() + " questions");
            }
            List<Optional<List<Long>>> answers = new ArrayList<>();
            for (String line : said) {
                String answer = line.substring(line.indexOf('\t') + 1);
                if (answer.startsWith("error: ")) {
                    throw new IOException("croner refuses a question; " + questions.get(answers.size()) + " " + answer);
                }
                answers.add(Optional.of(Stream.of(answer.split(",", -1))
                        .filter(ms -> !ms.isEmpty())
                        .map(Long::valueOf)
                        .toList()));
            }
            return answers;
        }
    }

    /** {@code systemd-analyze calendar}, a process for each question. */
    record Systemd() implements Peer {
        private static final Pattern FIRE =
                Pattern.compile("\\s*(?:Next elapse|Iter(?:ation|\\.) #\\d+): \\w{3} (\\S+ \\S+) UTC");
        private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

        @Override
        public List<Optional<List<Long>>> answers(List<PeerQuestion> questions)
                throws IOException, InterruptedException {
            List<Optional<List<Long>>> answers = new ArrayList<>();
            for (PeerQuestion question : questions) {
                answers.add(question.calendar().isEmpty() ? Optional.empty() : Optional.of(answer(question)));
            }
            return answers;
        }

        private static List<Long> answer(PeerQuestion question) throws IOException, InterruptedException {
            ProcessBuilder analyze = new ProcessBuilder(
                    "systemd-analyze",
                    "calendar",
                    "--iterations=" + PeerQuestion.FIRES,
                    "--base-time=@" + question.afterMs() / 1_000,
                    question.calendar().orElseThrow());
            analyze.environment().put("TZ", "UTC");
            analyze.environment().put("LC_ALL", "C");
            List<Long> fires = new ArrayList<>();
            for (String line : output(analyze)) {
                Matcher fire = FIRE.matcher(line);
                if (fire.matches()) {
                    fires.add(LocalDateTime.parse(fire.group(1), TIME).toEpochSecond(ZoneOffset.UTC) * 1_000);
                }
            }
            return fires;
        }
    }

    private static List<String> output(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException(builder.command() + " failed; status=" + status + "\n" + said);
        }
        return said.lines().toList();
    }
}
