package dev.kalends.peers;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A peer in a process of its own, which takes commands and answers them: see {@link PeerMain}. */
final class PeerProcess implements AutoCloseable {
    private static final String OK = "ok";
    private static final String ERROR = "error ";

    private final Children children;
    private final Process process;
    private final BufferedReader answers;
    private final Writer commands;
    private final Path log;

    private PeerProcess(Children children, Process process, Path log) {
        this.children = children;
        this.process = process;
        this.log = log;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.commands = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    }

    /** Starts it and waits until it takes commands. */
    static PeerProcess start(Children children, List<String> command, Path log)
            throws IOException, InterruptedException {
        PeerProcess peer = new PeerProcess(
                children,
                children.start(
                        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))),
                log);
        try {
            peer.answer();
            return peer;
        } catch (IOException e) {
            peer.close();
            throw e;
        }
    }

    String ask(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        return answer();
    }

    long[] askNumbers(String command) throws IOException {
        String answer = ask(command);
        return answer.isEmpty()
                ? new long[0]
                : Arrays.stream(answer.split(" ")).mapToLong(Long::parseLong).toArray();
    }

    private String answer() throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(OK)) {
                return line.substring(OK.length()).strip();
            }
            if (line.startsWith(ERROR)) {
                throw new IOException(line.substring(ERROR.length()));
            }
        }
        throw new IOException("the peer ended before it answered; log=" + log);
    }

    /** With SIGKILL: nothing of it is worth an orderly end, and one workload needs this. */
    @Override
    public void close() throws InterruptedException {
        children.kill(process);
    }
}
