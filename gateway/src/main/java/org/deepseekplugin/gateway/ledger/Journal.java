package org.deepseekplugin.gateway.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.deepseekplugin.gateway.ledger.files.FolderLock;
import org.deepseekplugin.gateway.ledger.files.Segments;

/// The book and the files that it can be had back from. Not thread-safe: belongs to the ledger's
/// writer.
final class Journal implements AutoCloseable {
    /// A segment of a quiet ledger is closed after this, so that old lines can go.
    private static final Duration MAX_AGE = Duration.ofDays(1);

    private final LedgerOptions options;
    private final Clock clock;
    private final FolderLock lock;
    private final Book book;
    private final Segments segments;
    private Instant segmentBegan;

    /// Encoded, and in the book, but not yet on the disk.
    private final LineBuffer unwritten = new LineBuffer();

    private Journal(
            LedgerOptions options, Clock clock, FolderLock lock, Book book, Segments segments) {
        this.options = options;
        this.clock = clock;
        this.lock = lock;
        this.book = book;
        this.segments = segments;
        this.segmentBegan = clock.instant();
    }

    static Journal open(Path dir, LedgerOptions options, Clock clock) throws IOException {
        Files.createDirectories(dir);
        var lock = FolderLock.take(dir);
        try {
            var book = new Book();
            var segments = Segments.open(dir, line -> apply(line, book));
            segments.forget(options.retention(), clock.instant());
            book.waitForOrphans(clock.instant());
            return new Journal(options, clock, lock, book, segments);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static boolean apply(byte[] line, Book book) {
        var entry = EntryLine.read(line);
        entry.ifPresent(book::apply);
        return entry.isPresent();
    }

    /// Enters `entries` and what is overdue, and writes them down. What a failing disk does not
    /// take is in the book all the same, and left for [#flush].
    void write(List<Entry> entries) throws IOException {
        entries.forEach(this::enter);
        book.overdue(clock.instant(), options.settleAfter()).forEach(this::enter);
        flush();
        if (isFull()) {
            segments.rotate(encode(book.summary()));
            segmentBegan = clock.instant();
            segments.forget(options.retention(), segmentBegan);
        }
    }

    private void enter(Entry entry) {
        book.apply(entry);
        EntryLine.write(entry, unwritten);
    }

    /// Writes what a failure left; must succeed before the next [#write].
    void flush() throws IOException {
        if (unwritten.size() > 0) {
            segments.append(unwritten.bytes(), unwritten.size());
            unwritten.reset();
        }
    }

    private boolean isFull() {
        boolean old = segmentBegan.plus(MAX_AGE).isBefore(clock.instant());
        return segments.size() > (old ? 0 : options.segmentBytes());
    }

    private static byte[] encode(List<Entry> entries) {
        var lines = new LineBuffer();
        entries.forEach(entry -> EntryLine.write(entry, lines));
        return lines.toByteArray();
    }

    /// Returns when everything that was written is on the disk.
    void sync() throws IOException {
        segments.sync();
    }

    Usage usage() {
        return book.usage();
    }

    @Override
    public void close() throws IOException {
        try {
            segments.close();
        } finally {
            lock.close();
        }
    }
}
