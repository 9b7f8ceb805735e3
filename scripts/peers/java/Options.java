package dev.kalends.peers;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the command line asks for.
 *
 * @param jobs in a herd
 * @param waiting submitted in bulk, and on disk
 * @param rate a second, of the steady workload
 * @param seconds that are measured of it; one and a half times as many go before
 * @param top of the checkout
 * @param work where the servers' data goes, and Kalends's
 */
record Options(
        Set<Contestant> only,
        Set<Workload> workloads,
        int repeat,
        int jobs,
        int waiting,
        int rate,
        int seconds,
        boolean json,
        Path top,
        Path work) {

    /** One word of the command line that is not understood, as it is told. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message);
        }
    }

    static Options parse(Path top, List<String> words) throws Wrong {
        Set<Contestant> only = EnumSet.allOf(Contestant.class);
        Set<Workload> workloads = EnumSet.allOf(Workload.class);
        int repeat = 1;
        int jobs = 20_000;
        int waiting = 200_000;
        int rate = 1_000;
        int seconds = 20;
        boolean json = false;
        Path work = Path.of(System.getProperty("java.io.tmpdir"));
        for (int i = 0; i < words.size(); i += 2) {
            String option = words.get(i);
            if (i + 1 == words.size()) {
                throw new Wrong("an option is not known, or its value is missing; option=" + option);
            }
            String value = words.get(i + 1);
            switch (option) {
                case "--only" -> only = set(Contestant.class, option, value);
                case "--workloads" -> workloads = set(Workload.class, option, value);
                case "--repeat" -> repeat = number(option, value, 100);
                case "--jobs" -> jobs = number(option, value, 1_000_000);
                case "--waiting" -> waiting = number(option, value, 10_000_000);
                case "--rate" -> rate = number(option, value, 100_000);
                case "--seconds" -> seconds = number(option, value, 600);
                case "--dir" -> work = Path.of(value).toAbsolutePath();
                case "-o" -> json = json(value);
                default -> throw new Wrong("an option is not known; option=" + option);
            }
        }
        return new Options(only, workloads, repeat, jobs, waiting, rate, seconds, json, top, work);
    }

    int warmSeconds() {
        return Math.max(1, seconds + seconds / 2);
    }

    private static boolean json(String value) throws Wrong {
        return switch (value) {
            case "json" -> true;
            case "table" -> false;
            default -> throw new Wrong("table and json are there; -o=" + value);
        };
    }

    private static int number(String option, String value, int max) throws Wrong {
        try {
            int number = Integer.parseInt(value);
            if (number >= 1 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, like one that is too large
        }
        throw new Wrong("a number from 1 to " + max + " is wanted; " + option + "=" + value);
    }

    private static <E extends Enum<E>> Set<E> set(Class<E> of, String option, String value) throws Wrong {
        Set<E> chosen = new LinkedHashSet<>();
        for (String word : value.split(",")) {
            chosen.add(Arrays.stream(of.getEnumConstants())
                    .filter(one -> name(one).equals(word))
                    .findFirst()
                    .orElseThrow(() -> new Wrong("not known; " + option + "=" + word + " known=" + names(of))));
        }
        return EnumSet.copyOf(chosen);
    }

    static String name(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <E extends Enum<E>> String names(Class<E> of) {
        return Arrays.stream(of.getEnumConstants()).map(Options::name).collect(Collectors.joining(","));
    }
}
