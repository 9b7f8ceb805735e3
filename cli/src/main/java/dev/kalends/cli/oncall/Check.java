package dev.kalends.cli.oncall;

import dev.kalends.cli.output.Paint;

/**
 * What the doctor found out about one thing.
 *
 * @param name one word, stable
 * @param found what is so
 * @param advice what to do; empty when all is well
 */
record Check(String name, Verdict verdict, String found, String advice) {
    /** How it is. */
    enum Verdict {
        OK(Paint.GOOD),
        WARN(Paint.CAUTION),
        FAIL(Paint.BAD);

        private final Paint paint;

        Verdict(Paint paint) {
            this.paint = paint;
        }

        Paint paint() {
            return paint;
        }

        String word() {
            return switch (this) {
                case OK -> "ok";
                case WARN -> "warn";
                case FAIL -> "fail";
            };
        }
    }

    static Check ok(String name, String found) {
        return new Check(name, Verdict.OK, found, "");
    }

    static Check warn(String name, String found, String advice) {
        return new Check(name, Verdict.WARN, found, advice);
    }

    static Check fail(String name, String found, String advice) {
        return new Check(name, Verdict.FAIL, found, advice);
    }
}
