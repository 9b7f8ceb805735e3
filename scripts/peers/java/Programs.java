package dev.kalends.peers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the programs are called that are not ours: what scripts/bench-peers found or fetched. */
record Programs(Path top, String nodeProgram) {
    private static final String HEAP = "-Xmx2g";

    List<String> java(String peer, String address) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                PeerMain.class.getName(),
                peer,
                address);
    }

    List<String> node(String program, String address) {
        return List.of(nodeProgram, fetched().resolve("node").resolve(program).toString(), address);
    }

    List<String> kalends(List<String> words) {
        List<String> command = new ArrayList<>();
        command.add(top.resolve("scripts/kalends").toString());
        command.addAll(words);
        return command;
    }

    Path fetched() {
        return top.resolve("target/peers");
    }
}
