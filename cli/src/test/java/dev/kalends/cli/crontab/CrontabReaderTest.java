package dev.kalends.cli.crontab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Crontabs, line by line, as cronie reads them. */
final class CrontabReaderTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static Crontab read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8), CrontabReader.Column.NO_USER);
    }

    private static Crontab system(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8), CrontabReader.Column.USER);
    }

    private static Crontab read(byte[] bytes, CrontabReader.Column column) {
        return CrontabReader.read(bytes, column, BERLIN);
    }

    private static CrontabEntry only(Crontab crontab) {
        assertEquals(List.of(), crontab.unkept());
        assertEquals(1, crontab.entries().size());
        return crontab.entries().getFirst();
    }

    private static String why(Crontab crontab) {
        assertEquals(List.of(), crontab.entries());
        assertEquals(1, crontab.unkept().size());
        return crontab.unkept().getFirst().why();
    }

    @Test
    void aLineIsFiveFieldsAndTheRestIsTheCommand() {
        CrontabEntry entry = only(read("# a comment\n\n  \t# another\n \t5\t4  * *\t1-5   echo  a  b \n"));
        assertEquals(4, entry.line());
        assertEquals("5 4 * * 1-5", entry.when());
        assertEquals("echo  a  b ", entry.command().shellText());
        assertEquals(Optional.empty(), entry.command().stdin());
        assertEquals(BERLIN, entry.zone());
        assertEquals(Map.of("SHELL", "/bin/sh", "PATH", "/usr/bin:/bin"), entry.variables());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "A=b|A|b",
                "A = b c |A|b c",
                " A= 'b c' |A|b c",
                "\"A\"='b'|A|b",
                "A=b 'c'|A|b 'c'",
                "A=$HOME/bin:~/x|A|$HOME/bin:~/x",
                "A=it's|A|it's",
                "A=b # no comment|A|b # no comment",
                "A=b=c|A|b=c"
            })
    void settingsAreTakenAsTheyStand(String line, String name, String value) {
        assertEquals(value, only(read(line + "\n* * * * * x\n")).variables().get(name));
    }

    @Test
    void quotesKeepBlanksAndAnEmptyValueIsOne() {
        CrontabEntry entry = only(read("A=\" b \"\nB=\nC=''\n* * * * * x\n"));
        assertEquals(" b ", entry.variables().get("A"));
        assertEquals("", entry.variables().get("B"));
        assertEquals("", entry.variables().get("C"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A='b", "A='b' c", "A b=c", "=c"})
    void whatIsNoSettingIsReadAsALine(String line) {
        assertTrue(read(line + "\n").unkept().size() == 1);
    }

    @Test
    void settingsHoldForTheLinesBelow() {
        List<CrontabEntry> entries = read("* * * * * a\nA=1\nSHELL=/bin/bash\n* * * * * b\nA=2\n* * * * * c\n")
                .entries();
        assertEquals(null, entries.get(0).variables().get("A"));
        assertEquals("1", entries.get(1).variables().get("A"));
        assertEquals("/bin/bash", entries.get(1).variables().get("SHELL"));
        assertEquals("2", entries.get(2).variables().get("A"));
    }

    @Test
    void zonesAndDelaysHoldForTheLinesBelow() {
        List<CrontabEntry> entries =
                read("CRON_TZ=Asia/Tokyo\nRANDOM_DELAY=45\n* * * * * a\nCRON_TZ=\nRANDOM_DELAY=0\n* * * * * b\n")
                        .entries();
        assertEquals(ZoneId.of("Asia/Tokyo"), entries.get(0).zone());
        assertEquals(45, entries.get(0).delayMinutes());
        assertEquals(BERLIN, entries.get(1).zone());
        assertEquals(0, entries.get(1).delayMinutes());
    }

    @Test
    void aZoneThatIsNotKnownStopsTheLinesBelowItAndNoOthers() {
        Crontab crontab = read("* * * * * a\nCRON_TZ=Europe/Berlim\n* * * * * b\nCRON_TZ=UTC\n* * * * * c\n");
        assertEquals(
                List.of(1, 5),
                crontab.entries().stream().map(CrontabEntry::line).toList());
        assertEquals(List.of(2, 3), crontab.unkept().stream().map(Unkept::line).toList());
        assertTrue(crontab.unkept().get(0).why().contains("did you mean Europe/Berlin"));
        assertTrue(crontab.unkept().get(1).why().contains("line=2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "date +\\%F|date +%F|-",
                "cat%a%b|cat|a/b/",
                "cat%a%b%|cat|a/b/",
                "cat%a\\%b|cat|a%b/",
                "cat%|cat|-",
                "cat%%|cat|/",
                "echo \\\\%x|echo \\\\|x/",
                "echo \\n\\%|echo \\n%|-",
                "cat%\\\\%x|cat|\\%x/"
            })
    void percentSignsAreLineEndsOfStdin(String text, String command, String stdin) {
        CrontabCommand cut = CrontabCommand.of(text);
        assertEquals(command, cut.shellText());
        assertEquals(Optional.ofNullable(stdin).map(s -> s.replace('/', '\n')), cut.stdin());
    }

    @ParameterizedTest
    @CsvSource({
        "1~5 * * * *, H(1-5) * * * *",
        "~ ~ ~ ~ ~, H(0-59) H(0-23) H(1-31) H(1-12) H(0-6)",
        "10~ ~4 * * *, H(10-59) H(0-4) * * *"
    })
    void randomRangesBecomeStable(String fields, String when) {
        CrontabEntry entry = only(read(fields + " x\n"));
        assertEquals(when, entry.when());
        assertEquals(1, entry.notes().size());
    }

    @Test
    void wordsStandForFields() {
        assertEquals("@daily", only(read("@daily x\n")).when());
        assertEquals("* * * * *", only(read("@every_minute x\n")).when());
        assertEquals("@hourly", only(read("-@hourly x\n")).when());
        assertEquals("*/5 * * * *", only(read("-*/5 * * * * x\n")).when());
        assertTrue(why(read("@reboot x\n")).contains("@reboot names no time"));
        assertTrue(why(read("@fortnightly x\n")).contains("no such word"));
    }

    @ParameterizedTest
    @CsvSource({
        "60 * * * * x, position=1",
        "0 0 30 2 * x, no such date",
        "0~5/2 * * * * x, no step",
        "* * * * *, no command",
        "* * * *, five fields",
        "* * * * * * x, field too many",
        "hello, five fields",
        "RANDOM_DELAY=x, RANDOM_DELAY is minutes",
        "RANDOM_DELAY=1441, RANDOM_DELAY is minutes",
        "A-B=c, no variable",
        "KALENDS_X=c, no variable",
        "0 0 * * * %x, no command"
    })
    void whatCannotBeKeptIsNamed(String line, String says) {
        String why = why(read(line + "\n"));
        assertTrue(why.contains(says), why);
    }

    @Test
    void aUserColumnIsReadWhereThereIsOne() {
        CrontabEntry entry = only(system("5 4 * * * www-data\techo a\n"));
        assertEquals(Optional.of("www-data"), entry.user());
        assertEquals("echo a", entry.command().shellText());
        assertTrue(why(system("5 4 * * * /bin/echo a\n")).contains("sixth field"));
        assertTrue(why(system("5 4 * * * root\n")).contains("no command"));
    }

    @Test
    void lineEndsOfWindowsAndAMissingLastOneAreTold() {
        Crontab crontab = read("A=b\r\n\r\n* * * * * x\r\n* * * * * y");
        assertEquals("b", crontab.entries().getFirst().variables().get("A"));
        assertEquals("x", crontab.entries().getFirst().command().shellText());
        assertEquals("y", crontab.entries().get(1).command().shellText());
        assertEquals(2, crontab.notes().size());
        assertEquals(List.of(), read("* * * * * x\n# end").notes());
    }

    @Test
    void bytesThatAreNoTextAreNamedUnlessTheyAreAComment() {
        byte[] bytes = "# \u00e9\n* * * * * echo \u00e9\n* * * * * ok\n".getBytes(StandardCharsets.ISO_8859_1);
        Crontab crontab = read(bytes, CrontabReader.Column.NO_USER);
        assertEquals(List.of(2), crontab.unkept().stream().map(Unkept::line).toList());
        assertEquals(3, crontab.entries().getFirst().line());
    }

    @Test
    void longLinesAndZeroBytesAreNamedAndControlCharactersStay() {
        Crontab crontab =
                read("* * * * * " + "x".repeat(1 << 20) + "\n* * * * * a\0b\n* * * * * printf '\u001b[1m\u0001'\n");
        assertEquals(List.of(1, 2), crontab.unkept().stream().map(Unkept::line).toList());
        assertTrue(crontab.unkept().getFirst().why().contains("bytes=1048586"));
        assertEquals(
                "printf '\u001b[1m\u0001'",
                crontab.entries().getFirst().command().shellText());
    }

    @Test
    void aMarkOfByteOrderIsNoField() {
        assertEquals("x", only(read("\ufeff* * * * * x\n")).command().shellText());
    }

    @Test
    void nothingIsNothing() {
        assertEquals(new Crontab(List.of(), List.of(), List.of()), read(""));
        assertEquals(new Crontab(List.of(), List.of(), List.of()), read("\n\n# x\n"));
    }

    /** What this machine's own cron would read, where it has any. */
    static Stream<Path> ownFiles() throws Exception {
        List<Path> files = new ArrayList<>(List.of(Path.of("/etc/crontab")));
        if (Files.isDirectory(Path.of("/etc/cron.d"))) {
            try (Stream<Path> dropIns = Files.list(Path.of("/etc/cron.d"))) {
                dropIns.forEach(files::add);
            }
        }
        return files.stream()
                .filter(Files::isReadable)
                .filter(path -> !path.getFileName().toString().startsWith("."));
    }

    @Test
    void readsThisMachinesOwnCrontabsWhole() throws Exception {
        for (Path file : ownFiles().toList()) {
            Crontab crontab = read(Files.readAllBytes(file), CrontabReader.Column.USER);
            List<Unkept> unkept = crontab.unkept().stream()
                    .filter(line -> !line.why().contains("@reboot"))
                    .toList();
            assertEquals(List.of(), unkept, file.toString());
        }
    }
}
