package dev.kalends.tui.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Once the terminal was given back, nothing reaches it until it is ours again. */
final class FrameBufferTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void swallowsWhatComesAfterTheLast() throws IOException {
        ByteArrayOutputStream terminal = new ByteArrayOutputStream();
        try (FrameBuffer frame = new FrameBuffer(terminal)) {
            frame.write(bytes("half a frame"));
            frame.last(bytes("bye"));
            frame.write(bytes("late"));
            frame.flush();
            assertEquals("bye", terminal.toString(StandardCharsets.US_ASCII));
            frame.first(bytes("-hello-"));
            frame.write(bytes("frame"));
            frame.flush();
        }
        assertEquals("bye-hello-\u001b[?2026hframe\u001b[?2026l", terminal.toString(StandardCharsets.US_ASCII));
    }
}
