package dev.kalends.schedule;

import static dev.kalends.schedule.ScheduleFormatException.excerpt;

import dev.kalends.job.Limits;
import dev.kalends.schedule.LocalPattern.Days;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the text of a cron expression: cuts it into fields and makes one pattern of what they say. */
final class CronParser {
    private static final long MIX_STEP = 0x9E3779B97F4A7C15L;
    private static final String SHAPE = "use \"minute hour day-of-month month day-of-week\", six fields with seconds"
            + " first, or @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually";

    private CronParser() {}

    /** A word of the text and where it starts, counted from 0. */
    record Word(String text, int position) {}

    /** What an expression says: the pattern, how its days were written, and by which clock rule it runs. */
    record Parsed(LocalPattern pattern, Days days, ClockRule rule) {}

    /** Which of cronie's two kinds of job an expression is. */
    enum ClockRule {
        /** Second, minute or hour starts with a star: fires whenever the clock shows a match. */
        WILDCARD,
        /** All others: fires for each matching time once, and never loses one to a gap. */
        FIXED_TIME
    }

    static Parsed parse(String text, long hashSeed) {
        if (text.length() > Limits.EXPRESSION_BYTES_MAX) {
            throw new ScheduleFormatException(
                    "a cron expression has at most " + Limits.EXPRESSION_BYTES_MAX + " bytes; length=" + text.length());
        }
        List<Word> words = words(text);
        if (words.size() == 1 && words.getFirst().text().startsWith("@")) {
            words = words(expansion(words.getFirst().text()));
        }
        if (words.size() != 5 && words.size() != 6) {
            throw new ScheduleFormatException("a cron expression has five or six fields, not " + words.size() + "; "
                    + SHAPE + "; text=" + excerpt(text));
        }
        return fields(words, hashSeed);
    }

    private static Parsed fields(List<Word> words, long hashSeed) {
        List<CronFieldParser.Values> values = new ArrayList<>();
        CronField[] fields = CronField.values();
        int missing = fields.length - words.size();
        for (CronField field : fields) {
            Word word = field.ordinal() < missing ? new Word("0", 0) : words.get(field.ordinal() - missing);
            values.add(CronFieldParser.parse(field, word, hash(hashSeed, field)));
        }
        CronFieldParser.Values ofMonth = values.get(CronField.DAY_OF_MONTH.ordinal());
        CronFieldParser.Values ofWeek = values.get(CronField.DAY_OF_WEEK.ordinal());
        Days days = new Days(
                ofMonth.dayRules(),
                ofWeek.dayRules(),
                ofMonth.starred() || ofWeek.starred() ? Days.Joined.BOTH : Days.Joined.EITHER);
        LocalPattern pattern = new LocalPattern(
                values.get(CronField.SECOND.ordinal()).bits(),
                values.get(CronField.MINUTE.ordinal()).bits(),
                (int) values.get(CronField.HOUR.ordinal()).bits(),
                (int) values.get(CronField.MONTH.ordinal()).bits(),
                days);
        boolean wildcard =
                values.subList(0, CronField.DAY_OF_MONTH.ordinal()).stream().anyMatch(CronFieldParser.Values::starred);
        return new Parsed(pattern, days, wildcard ? ClockRule.WILDCARD : ClockRule.FIXED_TIME);
    }

    private static String expansion(String macro) {
        return switch (macro.toLowerCase(Locale.ROOT)) {
            case "@hourly" -> "0 * * * *";
            case "@daily", "@midnight" -> "0 0 * * *";
            case "@weekly" -> "0 0 * * 0";
            case "@monthly" -> "0 0 1 * *";
            case "@yearly", "@annually" -> "0 0 1 1 *";
            case "@reboot" -> throw new ScheduleFormatException("@reboot names no time; " + SHAPE + "; position=1");
            case "@every" ->
                throw new ScheduleFormatException("@every is no cron expression; use a period instead; position=1");
            default ->
                throw new ScheduleFormatException("no such word " + excerpt(macro) + "; " + SHAPE + "; position=1");
        };
    }

    private static List<Word> words(String text) {
        List<Word> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            boolean blank = c == ' ' || c == '\t';
            if (!blank && (c < '!' || c > '~')) {
                throw new ScheduleFormatException(
                        String.format("a cron expression is plain ASCII, U+%04X is not; position=%d", (int) c, i + 1));
            }
            if (blank && start >= 0) {
                words.add(new Word(text.substring(start, i), start));
                start = -1;
            } else if (!blank && start < 0) {
                start = i;
            }
        }
        return words;
    }

    /** Spreads {@code H} over each field on its own. The finish of SplitMix64; changing it would move people's jobs. */
    private static long hash(long seed, CronField field) {
        long mixed = seed + MIX_STEP * (field.ordinal() + 1);
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
