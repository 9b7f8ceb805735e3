package dev.kalends.cli.testing;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/** A Unix datagram socket that receives, as that of a supervisor: at a path, or at {@code @NAME}. */
public final class DatagramInbox implements AutoCloseable {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final long SECONDS_MAX = 20;
    private static final int MESSAGE_BYTES_MAX = 4096;

    private final int socket;

    public DatagramInbox(String address) throws IOException {
        socket = call("socket", FunctionDescriptor.of(INT, INT, INT, INT), handle -> (int) handle.invokeExact(1, 2, 0));
        byte[] path = address.replaceFirst("^@", "\0").getBytes(StandardCharsets.UTF_8);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(110);
            name.set(ValueLayout.JAVA_SHORT, 0, (short) 1);
            MemorySegment.copy(path, 0, name, ValueLayout.JAVA_BYTE, 2, path.length);
            int length = 2 + path.length;
            call("bind", FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS, INT), handle ->
                    (int) handle.invokeExact(socket, name, length));
            MemorySegment patience = arena.allocate(LONG, 2);
            patience.setAtIndex(LONG, 0, SECONDS_MAX);
            call("setsockopt", FunctionDescriptor.of(INT, INT, INT, INT, ValueLayout.ADDRESS, INT), handle ->
                    (int) handle.invokeExact(socket, SOL_SOCKET, SO_RCVTIMEO, patience, 16));
        }
    }

    /** The next message; waits for it. */
    public String receive() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(MESSAGE_BYTES_MAX);
            int length = call("recv", FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, LONG, INT), handle ->
                    (int) (long) handle.invokeExact(socket, buffer, (long) MESSAGE_BYTES_MAX, 0));
            byte[] bytes = buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** The next message that is not a sign of life. */
    public String receiveNews() throws IOException {
        String message = receive();
        while (message.equals("WATCHDOG=1")) {
            message = receive();
        }
        return message;
    }

    @Override
    public void close() throws IOException {
        call("close", FunctionDescriptor.of(INT, INT), handle -> (int) handle.invokeExact(socket));
    }

    @FunctionalInterface
    private interface Call {
        int with(MethodHandle handle) throws Throwable;
    }

    // Tests run with native access allowed; the functions are called as C declares them.
    @SuppressWarnings("restricted")
    private static int call(String name, FunctionDescriptor shape, Call call) throws IOException {
        Linker linker = Linker.nativeLinker();
        MethodHandle handle =
                linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), shape);
        int result;
        try {
            result = call.with(handle);
        } catch (Throwable e) {
            throw new IOException(name + " cannot be called", e);
        }
        if (result < 0) {
            throw new IOException(name + " failed, or nothing came in time");
        }
        return result;
    }
}
