package dev.kalends.cli.oncall;

import dev.kalends.api.CheckView;
import dev.kalends.cli.oncall.Check.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the nodes say of their own connections: one line for all that fare alike. */
final class PeerChecks {
    private PeerChecks() {}

    /** In the order in which things were named; of each the bad before the good. */
    static List<Check> of(List<CheckView> views) {
        Map<String, List<CheckView>> viewsByCheck = new LinkedHashMap<>();
        views.forEach(view -> viewsByCheck
                .computeIfAbsent(view.check(), _ -> new ArrayList<>())
                .add(view));
        List<Check> checks = new ArrayList<>();
        viewsByCheck.forEach((name, same) -> {
            for (Verdict verdict : List.of(Verdict.FAIL, Verdict.WARN, Verdict.OK)) {
                List<CheckView> alike = same.stream()
                        .filter(view -> verdict(view.verdict()) == verdict)
                        .toList();
                if (!alike.isEmpty()) {
                    checks.add(new Check(name, verdict, found(alike), verdict == Verdict.OK ? "" : advice(alike)));
                }
            }
        });
        return checks;
    }

    /** A word that only a newer node knows is no good sign. */
    private static Verdict verdict(String word) {
        return switch (word) {
            case "ok" -> Verdict.OK;
            case "fail" -> Verdict.FAIL;
            default -> Verdict.WARN;
        };
    }

    private static String found(List<CheckView> alike) {
        Set<String> texts = alike.stream().map(CheckView::found).collect(Collectors.toSet());
        if (texts.size() == 1) {
            return alike.stream().map(CheckView::node).collect(Collectors.joining(", ")) + ": "
                    + alike.getFirst().found();
        }
        return alike.stream().map(view -> view.node() + ": " + view.found()).collect(Collectors.joining("; "));
    }

    private static String advice(List<CheckView> alike) {
        return alike.stream()
                .map(view -> view.advice() == null ? "look at that node's log" : view.advice())
                .distinct()
                .collect(Collectors.joining("; "));
    }
}
