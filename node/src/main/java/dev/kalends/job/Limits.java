package dev.kalends.job;

/** The named limits, in one place. Error messages quote them. */
public final class Limits {
    private Limits() {}

    public static final int NAME_BYTES_MAX = 200;
    public static final int KEY_BYTES_MAX = 200;
    public static final int TENANT_BYTES_MAX = 100;
    public static final int QUEUE_BYTES_MAX = 100;
    public static final int COMMAND_BYTES_MAX = 128 * 1024;
    public static final int ARGUMENTS_MAX = 1024;
    public static final int BODY_BYTES_MAX = 256 * 1024;
    public static final int ENVIRONMENT_BYTES_MAX = 64 * 1024;
    public static final int LABELS_MAX = 64;
    public static final int LABEL_BYTES_MAX = 200;
    /** Limit keys of one job. */
    public static final int LIMITS_MAX = 8;

    public static final int LIMIT_KEY_BYTES_MAX = 100;
    /** Runs at once under a key, at most. */
    public static final int LIMIT_MAX = 1_000_000;

    public static final int EXPRESSION_BYTES_MAX = 1024;
    /** Ranges of dates that a schedule leaves out. */
    public static final int EXCLUDED_RANGES_MAX = 1000;
    /** Rows of days of every year that it leaves out: each is stepped over in each year that is searched. */
    public static final int EXCLUDED_YEARLY_ROWS_MAX = 50;
    /** Dates in those ranges: 100 years. */
    public static final int EXCLUDED_DATES_MAX = 36_525;

    public static final int URL_BYTES_MAX = 8 * 1024;
    public static final int BULK_LINE_BYTES_MAX = 1024 * 1024;
    public static final int HTTP_BODY_BYTES_MAX = 64 * 1024 * 1024;
    /** Lines of a bulk that are decided in one command. */
    public static final int BULK_CHUNK_LINES_MAX = 1000;

    public static final int ATTEMPTS_MAX = 1000;
    /** Finished attempts kept in a run. */
    public static final int ATTEMPTS_KEPT = 20;

    /** Why something was paused. */
    public static final int REASON_BYTES_MAX = 500;

    public static final int ERROR_BYTES_MAX = 1024;
    public static final int OUTPUT_BYTES_MAX = 64 * 1024;
    public static final int REQUEST_ID_BYTES_MAX = 100;
    /** How long an answer is kept under its request id. */
    public static final long REQUEST_KEPT_MS = 10 * 60_000L;
    /** How long it is on record who did what. */
    public static final long DEED_KEPT_MS = 30 * 86_400_000L;
    /** How long a submit key outlives its job. */
    public static final long KEY_KEPT_MS = 7 * 86_400_000L;
    /** How long a job that is over can still be shown, even if it never ran. */
    public static final long JOB_KEPT_MS = 30 * 86_400_000L;
    /** How long a dead letter waits for somebody. */
    public static final long DEAD_KEPT_MS = 14 * 86_400_000L;
    /** Longest duration accepted anywhere: 100 years. */
    public static final long DURATION_MAX_MS = 36_525L * 86_400_000L;
}
