package org.deepseekplugin.engine.llama.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.function.Supplier;

/// Gives back to the system what a library has allocated and only filled with zeros.
///
/// llama.cpp clears its KV cache when it makes it, so that all slots' contexts count as used from
/// the start: for four of 4,096 tokens and a model of 90 MB, 360 MB. Given back, a page comes
/// again, zeroed, when a token is written to it, and until then costs nothing.
///
/// Only zeros are given back, so nothing can be lost, as long as no other thread writes there
/// meanwhile. That is why memory must have been mapped by `allocate` itself, at addresses where
/// nothing was, and in pieces as large as nobody else allocates.
@SuppressWarnings("restricted") // native access is the point
final class ZeroedMemory {
    /// What is looked at, and given back, at once; a stretch of less than [#LEAST] is left alone.
    private static final long BLOCK = 2 << 20;

    private static final long LEAST = 32 << 20;
    private static final int MADV_DONTNEED = 4; // asm-generic/mman-common.h

    private final MappedMemory fresh;
    private final MethodHandle compare = function("memcmp", JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
    private final MethodHandle advise = function("madvise", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);

    private ZeroedMemory(MappedMemory fresh) {
        this.fresh = fresh;
    }

    /// @param result what `allocate` made
    record Allocated<T>(T result, ZeroedMemory memory) {}

    static <T> Allocated<T> of(Supplier<T> allocate) {
        var before = MappedMemory.all();
        var result = allocate.get();
        return new Allocated<>(result, new ZeroedMemory(MappedMemory.anonymous().without(before)));
    }

    /// On the thread that owns the memory.
    ///
    /// @return bytes given back
    long release() {
        return fresh.ranges().stream().mapToLong(this::release).sum();
    }

    private long release(MappedMemory.Range range) {
        long released = 0;
        long zeros = range.from();
        for (long at = range.from(); at < range.to(); at += BLOCK) {
            long end = Math.min(at + BLOCK, range.to());
            if (!isZero(at, end - at)) {
                released += giveBack(zeros, at);
                zeros = end;
            }
        }
        return released + giveBack(zeros, range.to());
    }

    /// It begins with a zero, and every byte is like the one before.
    private boolean isZero(long address, long size) {
        var first = MemorySegment.ofAddress(address).reinterpret(1);
        var second = MemorySegment.ofAddress(address + 1);
        return first.get(JAVA_BYTE, 0) == 0
                && Native.call(() -> (int) compare.invokeExact(first, second, size - 1)) == 0;
    }

    private long giveBack(long from, long to) {
        long size = to - from;
        if (size < LEAST) {
            return 0;
        }
        var start = MemorySegment.ofAddress(from);
        int code = Native.call(() -> (int) advise.invokeExact(start, size, MADV_DONTNEED));
        return code == 0 ? size : 0;
    }

    private static MethodHandle function(
            String name, MemoryLayout result, MemoryLayout... arguments) {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments));
    }
}
