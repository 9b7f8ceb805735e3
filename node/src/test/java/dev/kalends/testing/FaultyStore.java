package dev.kalends.testing;

import dev.kalends.journal.Batch;
import dev.kalends.journal.Store;
import dev.kalends.journal.StoreException;
import dev.kalends.memory.MemoryStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;

/** A store in memory as a loop sees it when applies fail. */
public final class FaultyStore {
    private final MemoryStore kept;
    private ApplyFault fault = (_, _) -> Fate.APPLIED;

    /** What becomes of an apply. */
    public enum Fate {
        APPLIED,
        /** It fails, and nothing of it is in. */
        FAILED_OUT,
        /** It fails, and all of it is in. */
        FAILED_IN
    }

    /** Decides the fate of each apply; a {@link StoreException} that it throws is that of the apply. */
    @FunctionalInterface
    public interface ApplyFault {
        Fate of(Batch batch, long position);
    }

    public FaultyStore(MemoryStore kept) {
        this.kept = kept;
    }

    /** Injects faults from now on. */
    public void faults(ApplyFault newFault) {
        fault = newFault;
    }

    /** What the loop is given. */
    public Store store() {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (_, method, args) -> call(method, args));
    }

    private Object call(Method method, Object[] args) throws Throwable {
        if (method.getName().equals("apply")) {
            apply((Batch) args[0], (long) args[1]);
            return Optional.empty();
        }
        try {
            return method.invoke(kept, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void apply(Batch batch, long position) {
        Fate fate = Fate.FAILED_OUT;
        try {
            fate = fault.of(batch, position);
        } finally {
            if (fate == Fate.FAILED_OUT) {
                // A failed apply takes back what was to be forgotten with it; so does coming back.
                kept.restart();
            }
        }
        if (fate != Fate.FAILED_OUT) {
            kept.apply(batch, position);
        }
        if (fate != Fate.APPLIED) {
            throw new StoreException(StoreException.Kind.IO, "injected; fate=" + fate + " position=" + position);
        }
    }
}
