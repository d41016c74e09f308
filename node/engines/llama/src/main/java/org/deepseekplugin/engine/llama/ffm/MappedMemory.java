package org.deepseekplugin.engine.llama.ffm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Address ranges of this process, as Linux lists them; none on other systems.
record MappedMemory(List<Range> ranges) {
    private static final Path MAPS = Path.of("/proc/self/maps");

    /// From, to, permissions, offset, device, inode, and a path where it is a file's.
    private static final Pattern LINE =
            Pattern.compile("(?m)^([0-9a-f]+)-([0-9a-f]+) (\\S+) \\S+ \\S+ \\S+ *(.*)$");

    /// Addresses `from` to `to`, the last one not included.
    record Range(long from, long to) {
        long size() {
            return to - from;
        }
    }

    /// All that is mapped now.
    static MappedMemory all() {
        return new MappedMemory(lines().map(MappedMemory::range).toList());
    }

    /// What is mapped now, may be written, and is neither shared nor a file's.
    static MappedMemory anonymous() {
        return new MappedMemory(
                lines().filter(MappedMemory::isAnonymous).map(MappedMemory::range).toList());
    }

    /// The parts of these ranges that are in none of the others.
    MappedMemory without(MappedMemory others) {
        var rest = new ArrayList<>(ranges);
        for (var other : others.ranges) {
            for (var range : List.copyOf(rest)) {
                if (range.from() < other.to() && other.from() < range.to()) {
                    rest.remove(range);
                    add(rest, range.from(), other.from());
                    add(rest, other.to(), range.to());
                }
            }
        }
        return new MappedMemory(rest);
    }

    private static void add(List<Range> ranges, long from, long to) {
        if (from < to) {
            ranges.add(new Range(from, to));
        }
    }

    private static Stream<MatchResult> lines() {
        try {
            return Files.exists(MAPS)
                    ? LINE.matcher(Files.readString(MAPS)).results()
                    : Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isAnonymous(MatchResult line) {
        return line.group(3).equals("rw-p") && line.group(4).isEmpty();
    }

    private static Range range(MatchResult line) {
        return new Range(
                Long.parseUnsignedLong(line.group(1), 16),
                Long.parseUnsignedLong(line.group(2), 16));
    }
}
