package dev.kalends.cli.oncall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kalends.cli.testing.SourceTree;
import dev.kalends.cli.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped rules for Prometheus: well formed, each proven to fire and to stay silent, by Prometheus' own tool. */
final class AlertRulesTest {
    private static final Path RULES = SourceTree.at("scripts/alerts/kalends.rules.yml");
    private static final Path CASES = SourceTree.at("scripts/alerts/kalends.rules.test.yml");
    private static final Tool PROMTOOL = Tool.of("promtool", "prometheus");
    private static final String ALERT = "      - alert: ";
    private static final String EXPR = "        expr:";
    private static final String FOR = "        for:";

    @TempDir
    private Path temp;

    private static Set<String> alerts() throws IOException {
        Set<String> names = new TreeSet<>();
        Files.readAllLines(RULES).stream()
                .filter(line -> line.startsWith(ALERT))
                .forEach(line -> names.add(line.substring(ALERT.length())));
        return names;
    }

    @Test
    void theRulesAreWellFormed() throws IOException, InterruptedException {
        Tool.Ended checked = PROMTOOL.run("check", "rules", RULES.toString());
        assertEquals(0, checked.status(), checked.output());
        assertTrue(checked.output().contains(alerts().size() + " rules found"), checked.output());
    }

    @Test
    void eachRuleFiresAndStaysSilentAsItsCasesSay() throws IOException, InterruptedException {
        Tool.Ended tested = PROMTOOL.run("test", "rules", CASES.toString());
        assertEquals(0, tested.status(), tested.output());
    }

    @Test
    void eachRuleHasACaseInWhichItFiresAndOneInWhichItIsSilent() throws IOException {
        Set<String> fired = new TreeSet<>();
        Set<String> silent = new TreeSet<>();
        String name = "";
        for (String line : Files.readAllLines(CASES)) {
            int at = line.indexOf("alertname: ");
            name = at < 0 ? name : line.substring(at + "alertname: ".length());
            if (line.contains("exp_alerts:")) {
                (line.endsWith("[]") ? silent : fired).add(name);
            }
        }
        assertEquals(alerts(), fired);
        assertEquals(alerts(), silent);
    }

    /** Without this the cases could be such that nothing fails. */
    @Test
    void aRuleThatAlwaysOrNeverFiresFailsItsCases() throws IOException, InterruptedException {
        Files.copy(CASES, temp.resolve(CASES.getFileName()));
        for (String alert : alerts()) {
            for (String broken : List.of("vector(1) == 0", "vector(1)")) {
                Files.writeString(temp.resolve(RULES.getFileName()), with(alert, broken));
                Tool.Ended tested = PROMTOOL.run(
                        "test", "rules", temp.resolve(CASES.getFileName()).toString());
                assertNotEquals(0, tested.status(), alert + " passes its cases as " + broken);
                assertTrue(tested.output().contains(alert), tested.output());
            }
        }
    }

    @Test
    void eachRuleSaysHowGraveItIsAndWhatToTypeNext() throws IOException {
        List<String> wrong = new ArrayList<>(alerts());
        for (String rule : Files.readString(RULES).split(ALERT, -1)) {
            boolean complete = rule.contains(FOR)
                    && rule.matches("(?s).*severity: (critical|warning)\n.*")
                    && rule.contains("summary: ")
                    && rule.matches("(?s).*description: .*kalends (--node \\S+ .+? )?[a-z]+.*");
            if (complete) {
                wrong.remove(rule.lines().findFirst().orElse(""));
            }
        }
        assertEquals(List.of(), wrong);
    }

    /** The rules with one expression replaced, which may stand on several lines. */
    private static String with(String alert, String expression) throws IOException {
        StringBuilder text = new StringBuilder();
        boolean here = false;
        boolean skipping = false;
        for (String line : Files.readAllLines(RULES)) {
            here = line.startsWith(ALERT) ? line.equals(ALERT + alert) : here;
            skipping = line.startsWith(EXPR) ? here : skipping && !line.startsWith(FOR);
            if (here && line.startsWith(EXPR)) {
                text.append(EXPR).append(' ').append(expression).append('\n');
            } else if (!skipping) {
                text.append(line).append('\n');
            }
        }
        return text.toString();
    }
}
