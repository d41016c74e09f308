package org.deepseekplugin.gateway.ledger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The exact account of tokens. Callers put entries into a queue; one thread writes them to files
/// and keeps the book, so it has no locks. What has been written survives a kill of the process;
/// power loss may cost what the operating system had not yet put on the disk.
public final class Ledger implements LedgerSink, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Ledger.class);

    private final LedgerOptions options;
    private final Clock clock;
    private final Book book;
    private final Segments segments;
    private final ConcurrentLinkedQueue<Entry> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final ScheduledExecutorService writer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("ledger").daemon().factory());

    private final Future<?> ticking;

    /// Encoded, and in the book, but not yet on the disk.
    private byte[] unwritten = new byte[0];

    private volatile boolean diskFails;

    private Ledger(LedgerOptions options, Clock clock, Book book, Segments segments) {
        this.options = options;
        this.clock = clock;
        this.book = book;
        this.segments = segments;
        long flush = options.flush().toNanos();
        ticking = writer.scheduleWithFixedDelay(this::tick, flush, flush, TimeUnit.NANOSECONDS);
    }

    /// Reads back what is in `dir`, which one process at a time may use, and goes on.
    ///
    /// @throws UncheckedIOException when `dir` cannot be read or written
    public static Ledger open(Path dir, LedgerOptions options, Clock clock) {
        try {
            Files.createDirectories(dir);
            var book = new Book();
            var newest = Segments.newest(dir);
            var segments = newest.isEmpty() ? Segments.begin(dir) : resume(dir, newest.get(), book);
            book.waitForOrphans(clock.instant());
            return new Ledger(options, clock, book, segments);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the ledger in " + dir, e);
        }
    }

    private static Segments resume(Path dir, Path newest, Book book) throws IOException {
        return Segments.resume(dir, newest, Recovery.replay(newest, book));
    }

    @Override
    public boolean opened(Attempt attempt) {
        if (diskFails || queued.get() >= options.queue()) {
            return false;
        }
        put(new Entry.Opened(attempt));
        return true;
    }

    @Override
    public void closed(Observed observed) {
        put(new Entry.Closed(observed));
    }

    private void put(Entry entry) {
        queued.incrementAndGet();
        queue.add(entry);
    }

    /// What engines told; may be told again. From any thread.
    ///
    /// @return completes when the records are written, and only then may their sender forget them;
    ///   fails when they could not be
    public CompletableFuture<Void> told(List<EngineRecord> records) {
        records.forEach(record -> put(new Entry.Told(record)));
        return CompletableFuture.runAsync(this::flush, writer);
    }

    /// The account with everything in it that was put in before.
    public CompletableFuture<Usage> usage() {
        return CompletableFuture.supplyAsync(
                () -> {
                    flush();
                    return book.usage();
                },
                writer);
    }

    private void tick() {
        try {
            flush();
        } catch (RuntimeException e) {
            diskFails = true;
            log.atError().setCause(e).log("cannot write the ledger; taking no new requests");
        }
    }

    /// On the writer's thread alone.
    private void flush() {
        try {
            write(unwritten);
            unwritten = new byte[0];
            unwritten = take();
            write(unwritten);
            unwritten = new byte[0];
            if (segments.size() > options.segmentBytes()) {
                segments.rotate(encode(book.summary()));
            }
            diskFails = false;
        } catch (IOException e) {
            diskFails = true;
            throw new UncheckedIOException(e);
        }
    }

    private void write(byte[] lines) throws IOException {
        if (lines.length > 0) {
            segments.append(lines);
        }
    }

    /// Everything that waits, and what is overdue, into the book and into lines.
    private byte[] take() {
        var lines = new ByteArrayOutputStream();
        for (@Nullable Entry entry = queue.poll(); entry != null; entry = queue.poll()) {
            queued.decrementAndGet();
            enter(entry, lines);
        }
        book.overdue(clock.instant(), options.settleAfter()).forEach(entry -> enter(entry, lines));
        return lines.toByteArray();
    }

    private void enter(Entry entry, ByteArrayOutputStream lines) {
        book.apply(entry);
        EntryLine.write(entry, lines);
    }

    private static byte[] encode(List<Entry> entries) {
        var lines = new ByteArrayOutputStream();
        entries.forEach(entry -> EntryLine.write(entry, lines));
        return lines.toByteArray();
    }

    /// Writes what waits, then closes.
    @Override
    public void close() {
        ticking.cancel(false);
        var last =
                CompletableFuture.runAsync(
                        () -> {
                            tick();
                            closeSegments();
                        },
                        writer);
        writer.close();
        last.join();
    }

    private void closeSegments() {
        try {
            segments.close();
        } catch (IOException e) {
            log.atError().setCause(e).log("cannot close the ledger");
        }
    }
}
