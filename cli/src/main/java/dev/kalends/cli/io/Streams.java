package dev.kalends.cli.io;

import java.io.InputStream;

/** The three standard streams: data goes to {@code out}, messages go to {@code err}. */
public record Streams(InputStream in, Printer out, Printer err) {}
