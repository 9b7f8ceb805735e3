package dev.kalends.cli.crontab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SlugTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "/opt/backup.sh~backup.sh",
                "/opt/backup.sh --all >/dev/null 2>&1~backup.sh-all",
                "cd / && run-parts --report /etc/cron.hourly~run-parts-report-etc-cron.hourly",
                "test -x /x || { cd / && run-parts --report /etc/cron.daily; }~run-parts-report-etc-cron.daily",
                "[ -x /x ] && nice -n 10 /opt/y~10-opt-y",
                "LANG=C sudo -u app /opt/as-app~app-opt-as-app",
                "sleep 60; /opt/late~late",
                "if [ ! -d /x ]; then /usr/lib/web/clean; fi~clean-fi",
                "A=b~a-b",
                "ä~job",
                "/opt/äöü --naïve~na-ve"
            })
    void saysWhatRuns(String command, String slug) {
        assertEquals(slug, Slug.of(command));
    }
}
