package org.deepseekplugin.engine.llama.ffm;

import java.lang.foreign.MemorySegment;

/// Calls into native code. What a method handle may throw in theory, it does not in practice: these
/// functions report by their results.
@SuppressWarnings("restricted") // native access is the point
final class Native {
    interface Call<T> {
        T invoke() throws Throwable;
    }

    interface Procedure {
        void invoke() throws Throwable;
    }

    static <T> T call(Call<T> call) {
        try {
            return call.invoke();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a native call threw", e);
        }
    }

    static void run(Procedure procedure) {
        call(() -> {
            procedure.invoke();
            return true;
        });
    }

    /// A C string; empty for NULL.
    static String string(MemorySegment pointer) {
        return pointer.address() == 0 ? "" : pointer.reinterpret(Long.MAX_VALUE).getString(0);
    }

    private Native() {}
}
