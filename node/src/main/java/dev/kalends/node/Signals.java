package dev.kalends.node;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Hears the signals that ask a process to stop. A shutdown hook would not do: the JVM would exit with 143 whatever the
 * hook did, and a second signal would not be heard.
 *
 * <p>The JDK's class for it is open to all but belongs to no API, so it is found by name.
 */
public final class Signals {
    private static final String[] STOP = {"TERM", "INT", "HUP"};

    private Signals() {}

    /** Calls something for each signal that asks to stop, on a thread of the JVM; replaces what was set before. */
    public static void onStop(Runnable heard) {
        for (String name : STOP) {
            try {
                Class<?> signal = Class.forName("sun.misc.Signal");
                Class<?> handler = Class.forName("sun.misc.SignalHandler");
                MethodHandle run = MethodHandles.lookup()
                        .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                        .bindTo(heard);
                Object listener =
                        MethodHandleProxies.asInterfaceInstance(handler, MethodHandles.dropArguments(run, 0, signal));
                MethodHandle handle = MethodHandles.publicLookup()
                        .findStatic(signal, "handle", MethodType.methodType(handler, signal, handler));
                Object named = MethodHandles.publicLookup()
                        .findConstructor(signal, MethodType.methodType(void.class, String.class))
                        .invoke(name);
                handle.invoke(named, listener);
            } catch (IllegalArgumentException e) {
                // The JVM keeps this signal for itself (-Xrs, or nohup for HUP): it ends the process as ever.
            } catch (Throwable e) {
                throw new IllegalStateException("signals cannot be heard here; signal=" + name, e);
            }
        }
    }
}
