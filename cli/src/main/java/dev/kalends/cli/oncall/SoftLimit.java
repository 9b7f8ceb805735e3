package dev.kalends.cli.oncall;

import java.util.OptionalLong;

/**
 * One of the limits that a process gets from its user's session.
 *
 * @param name of the check
 * @param what it limits
 * @param wanted so much is plenty
 * @param needed with less the node fails sooner or later
 * @param how to raise it: the shell's letter, then the unit's settings
 */
record SoftLimit(String name, String what, long wanted, long needed, String how) {
    /** Judges a soft limit; empty = unlimited. */
    Check judge(OptionalLong limit) {
        if (limit.isEmpty() || limit.getAsLong() >= wanted) {
            return Check.ok(name, limit.isEmpty() ? "unlimited" : "up to " + limit.getAsLong());
        }
        String found = "at most " + limit.getAsLong() + " " + what;
        String[] ways = how.split(", ", 2);
        String advice = "raise it: ulimit " + ways[0] + " " + wanted + ", or " + ways[1] + " in the unit";
        return limit.getAsLong() < needed ? Check.fail(name, found, advice) : Check.warn(name, found, advice);
    }
}
