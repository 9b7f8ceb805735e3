package dev.kalends.cli.crontab;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The part of a job's name that says what its command does: the program and what follows, short and plain. */
final class Slug {
    private static final int CHARS_MAX = 40;
    private static final Set<String> OPENING =
            Set.of("{", "(", "!", "if", "then", "exec", "nice", "nohup", "sudo", "env");
    private static final Set<String> TESTS = Set.of("test", "[", "[[", "cd", "sleep");
    private static final Set<String> JOINTS = Set.of("&&", "||", ";");

    private Slug() {}

    static String of(String command) {
        List<String> words = List.of(command.strip().split("\\s+"));
        int at = programAt(words);
        List<String> said = new ArrayList<>();
        for (int i = at; i < words.size() && !endsCommand(words.get(i)); i++) {
            said.add(i == at ? words.get(i).substring(words.get(i).lastIndexOf('/') + 1) : words.get(i));
        }
        String plain = String.join("-", said)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9._]+", "-")
                .replaceAll("^[-.]+|[-.]+$", "");
        String cut = plain.substring(0, Math.min(plain.length(), CHARS_MAX)).replaceAll("[-.]+$", "");
        return cut.isEmpty() ? "job" : cut;
    }

    /** Joints, pipes and redirections; what they lead to says little. */
    private static boolean endsCommand(String word) {
        return JOINTS.contains(word) || word.matches("[0-9&]?[<>|].*");
    }

    /** Conditions, changes of directory, settings and wrappers stand before the program. */
    private static int programAt(List<String> words) {
        int at = 0;
        while (at < words.size()) {
            String word = words.get(at);
            if (TESTS.contains(word)) {
                int joint = at;
                while (joint < words.size()
                        && !JOINTS.contains(words.get(joint))
                        && !words.get(joint).endsWith(";")) {
                    joint++;
                }
                if (joint + 1 >= words.size()) {
                    return at;
                }
                at = joint + 1;
            } else if (OPENING.contains(word) || word.matches("[A-Za-z_]\\w*=.*") || (at > 0 && word.startsWith("-"))) {
                at++;
            } else {
                return at;
            }
        }
        return 0;
    }
}
