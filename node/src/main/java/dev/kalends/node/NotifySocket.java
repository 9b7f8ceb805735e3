package dev.kalends.node;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;

/**
 * A Unix datagram socket of somebody else, to which messages are sent: the JDK has none, so the C library is called.
 * Each message has a socket of its own, as they are few.
 *
 * @param address a path, or {@code @NAME} in the abstract namespace of Linux
 */
record NotifySocket(String address) {
    /** Bytes of a path in {@code sockaddr_un}. */
    static final int PATH_BYTES_MAX = 108;

    private static final short AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_NOSIGNAL = 0x4000;

    /** Sends a message whole. */
    void send(String message) throws IOException {
        byte[] path = address.getBytes(StandardCharsets.UTF_8);
        if (path.length == 0 || path.length >= PATH_BYTES_MAX || (path[0] != '/' && path[0] != '@')) {
            throw new IOException("no address of a Unix socket; address=" + address);
        }
        if (path[0] == '@') {
            path[0] = 0;
        }
        try (Arena arena = Arena.ofConfined()) {
            Calls calls = Calls.LIBC;
            MemorySegment errno = arena.allocate(Calls.STATE);
            int socket = (int) calls.socket.invokeExact(errno, (int) AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
            if (socket < 0) {
                throw failure("no socket", errno);
            }
            try {
                sendTo(arena, socket, path, message.getBytes(StandardCharsets.UTF_8));
            } finally {
                calls.close.invokeExact(socket);
            }
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException("the C library cannot be called", e);
        }
    }

    private void sendTo(Arena arena, int socket, byte[] path, byte[] message) throws Throwable {
        boolean named = path[0] != 0;
        int length = Short.BYTES + path.length + (named ? 1 : 0);
        MemorySegment to = arena.allocate(Short.BYTES + PATH_BYTES_MAX);
        to.set(ValueLayout.JAVA_SHORT, 0, AF_UNIX);
        MemorySegment.copy(path, 0, to, ValueLayout.JAVA_BYTE, Short.BYTES, path.length);
        MemorySegment text = arena.allocateFrom(ValueLayout.JAVA_BYTE, message);
        MemorySegment errno = arena.allocate(Calls.STATE);
        long sent = (long)
                Calls.LIBC.sendTo.invokeExact(errno, socket, text, (long) message.length, MSG_NOSIGNAL, to, length);
        if (sent != message.length) {
            throw failure("nobody takes it", errno);
        }
    }

    private IOException failure(String what, MemorySegment errno) {
        return new IOException(what + "; address=" + address + " errno=" + (int) Calls.ERRNO.get(errno, 0L));
    }

    /** The functions, looked up when the first message is sent. */
    private record Calls(MethodHandle socket, MethodHandle sendTo, MethodHandle close) {
        static final StructLayout STATE = Linker.Option.captureStateLayout();
        static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
        static final Calls LIBC = find();

        // The program is started with native access allowed; these three functions keep to what C declares.
        @SuppressWarnings("restricted")
        private static Calls find() {
            Linker linker = Linker.nativeLinker();
            Linker.Option errno = Linker.Option.captureCallState("errno");
            ValueLayout.OfInt integer = ValueLayout.JAVA_INT;
            ValueLayout.OfLong size = ValueLayout.JAVA_LONG;
            return new Calls(
                    linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("socket"),
                            FunctionDescriptor.of(integer, integer, integer, integer),
                            errno),
                    linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("sendto"),
                            FunctionDescriptor.of(
                                    size, integer, ValueLayout.ADDRESS, size, integer, ValueLayout.ADDRESS, integer),
                            errno),
                    linker.downcallHandle(
                            linker.defaultLookup().findOrThrow("close"), FunctionDescriptor.ofVoid(integer)));
        }
    }
}
