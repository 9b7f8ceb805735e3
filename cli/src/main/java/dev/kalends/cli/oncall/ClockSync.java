package dev.kalends.cli.oncall;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Whether this machine's clock follows a source of time: what the programs that see to it say. */
final class ClockSync {
    private static final String NAME = "clock-sync";
    private static final Path TIMESYNC = Path.of("/run/systemd/timesync/synchronized");
    private static final long ASK_MAX_S = 3;
    private static final int ANSWER_BYTES_MAX = 8 * 1024;
    private static final String ADVICE = "have it synchronised: timedatectl set-ntp true, or install chrony";
    private static final double OFF_SECONDS = 0.25;

    private ClockSync() {}

    /**
     * What can be read here.
     *
     * @param timedatectl the answer of {@code timedatectl show --property=NTPSynchronized --value}
     * @param chronyc the answer of {@code chronyc -n tracking}
     * @param timesync whether systemd-timesyncd left its mark
     */
    record Signs(Optional<String> timedatectl, Optional<String> chronyc, boolean timesync) {}

    static Check check() throws InterruptedException {
        return judge(new Signs(
                answer("timedatectl", "show", "--property=NTPSynchronized", "--value"),
                answer("chronyc", "-n", "tracking"),
                Files.exists(TIMESYNC)));
    }

    /** chrony says most, systemd less, and where nobody says anything nothing is known. */
    static Check judge(Signs signs) {
        Optional<String> leap = signs.chronyc().flatMap(text -> field(text, "Leap status"));
        if (leap.isPresent()) {
            String off =
                    signs.chronyc().flatMap(text -> field(text, "System time")).orElse("");
            if (!leap.get().equals("Normal") && !leap.get().endsWith("second")) {
                return Check.warn(NAME, "chrony says: " + leap.get().toLowerCase(Locale.ROOT), ADVICE);
            }
            return seconds(off) > OFF_SECONDS
                    ? Check.warn(NAME, "chrony: " + off, "chrony is still at it; chronyc makestep ends it at once")
                    : Check.ok(NAME, "by chrony; " + off);
        }
        String said = signs.timedatectl().map(String::strip).orElse("");
        if (said.equals("yes") || (said.isEmpty() && signs.timesync())) {
            return Check.ok(NAME, "synchronised");
        }
        return said.equals("no")
                ? Check.warn(NAME, "this clock follows no other: fires are as early or late as it is", ADVICE)
                : Check.ok(NAME, "cannot be seen from here: neither chrony nor systemd answers");
    }

    /** {@code Leap status     : Normal}. */
    private static Optional<String> field(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }

    /** {@code 0.000012 seconds slow of NTP time}. */
    private static double seconds(String text) {
        String number = text.split(" ", 2)[0];
        return number.matches("\\d+(\\.\\d+)?") ? Double.parseDouble(number) : 0;
    }

    /** What a program prints, if it is there and ends well. */
    private static Optional<String> answer(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(ASK_MAX_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            byte[] said = process.getInputStream().readNBytes(ANSWER_BYTES_MAX);
            return process.exitValue() == 0 ? Optional.of(new String(said, StandardCharsets.UTF_8)) : Optional.empty();
        } catch (IOException e) {
            // It is not installed: it says nothing.
            return Optional.empty();
        }
    }
}
