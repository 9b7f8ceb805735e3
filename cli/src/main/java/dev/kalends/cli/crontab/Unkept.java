package dev.kalends.cli.crontab;

/** A line of a crontab that cannot be kept, and why. */
record Unkept(int line, String why) {}
