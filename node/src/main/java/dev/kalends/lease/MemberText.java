package dev.kalends.lease;

import dev.kalends.job.JobId;
import dev.kalends.lease.Coordination.Member;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The text that a member leaves in the service: lines {@code name=value}. Names that are not known are passed over, so
 * that members of neighbouring versions read each other. A text that cannot be read is of a member fit for nothing.
 */
final class MemberText {
    private MemberText() {}

    static String write(String url, Fitness fitness) {
        StringBuilder text = new StringBuilder("url=").append(url).append('\n');
        fitness.unfitBecause()
                .ifPresent(why -> text.append("unfit=").append(why).append('\n'));
        if (!fitness.notFor().isEmpty()) {
            String list = new TreeSet<>(fitness.notFor())
                    .stream().map(String::valueOf).collect(Collectors.joining(","));
            text.append("not-for=").append(list).append('\n');
        }
        return text.toString();
    }

    static Standing read(LeaseService.MemberEntry entry) {
        Map<String, String> valueByName = new HashMap<>();
        if (entry.text().length() <= LeaseService.TEXT_MAX) {
            entry.text().lines().forEach(line -> {
                int at = line.indexOf('=');
                if (at > 0) {
                    valueByName.put(line.substring(0, at), line.substring(at + 1));
                }
            });
        }
        Member member = new Member(entry.id(), valueByName.getOrDefault("url", ""));
        return new Standing(member, entry.lease(), fitness(valueByName));
    }

    private static Fitness fitness(Map<String, String> valueByName) {
        Optional<String> unfit = Optional.ofNullable(valueByName.get("unfit"));
        if (!valueByName.containsKey("url")) {
            unfit = Optional.of("its entry cannot be read");
        }
        Set<Integer> notFor = new TreeSet<>();
        for (String number : valueByName.getOrDefault("not-for", "").split(",", -1)) {
            if (number.isEmpty()) {
                continue;
            }
            if (!number.matches("\\d{1,4}") || Integer.parseInt(number) >= JobId.PARTITIONS_MAX) {
                return Fitness.none("its entry cannot be read");
            }
            notFor.add(Integer.parseInt(number));
        }
        return new Fitness(unfit, notFor);
    }
}
