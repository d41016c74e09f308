package org.deepseekplugin.gateway.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
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
/// and keeps the book, so it has no locks.
///
/// What a kill of the process can cost is what was put in during the last [LedgerOptions#flush].
/// What engines told is on the disk before they may forget it; of the rest a power cut can cost
/// what the operating system had not yet written.
public final class Ledger implements LedgerSink, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Ledger.class);

    private final LedgerOptions options;
    private final Journal journal;
    private final ConcurrentLinkedQueue<Entry> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final ScheduledExecutorService writer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("ledger").daemon().factory());

    private final Future<?> ticking;

    private volatile boolean diskFails;

    private Ledger(LedgerOptions options, Journal journal) {
        this.options = options;
        this.journal = journal;
        long flush = options.flush().toNanos();
        ticking = writer.scheduleWithFixedDelay(this::tick, flush, flush, TimeUnit.NANOSECONDS);
    }

    /// Reads back what is in `dir` and goes on. Holds `dir` until it is closed.
    ///
    /// @throws UncheckedIOException when `dir` cannot be read or written
    /// @throws org.deepseekplugin.platform.errors.PlatformException `conflict` when another process
    ///   holds `dir`
    public static Ledger open(Path dir, LedgerOptions options, Clock clock) {
        try {
            return new Ledger(options, Journal.open(dir, options, clock));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the ledger in " + dir, e);
        }
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
    public void passed(String attempt, long completion) {
        put(new Entry.Passed(attempt, completion));
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
    /// @return completes when the records are on the disk, and only then may their sender forget
    ///   them; fails when they could not be written
    public CompletableFuture<Void> told(List<EngineRecord> records) {
        records.forEach(record -> put(new Entry.Told(record)));
        // callers that come together share one write to the disk: the first makes it for all
        return CompletableFuture.runAsync(
                () -> {
                    flush();
                    sync();
                },
                writer);
    }

    /// The account with everything in it that was put in before.
    public CompletableFuture<Usage> usage() {
        return CompletableFuture.supplyAsync(
                () -> {
                    flush();
                    return journal.usage();
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
            journal.flush();
            journal.write(taken());
            diskFails = false;
        } catch (IOException e) {
            diskFails = true;
            throw new UncheckedIOException(e);
        }
    }

    /// Everything that waits.
    private List<Entry> taken() {
        var entries = new ArrayList<Entry>();
        for (@Nullable Entry entry = queue.poll(); entry != null; entry = queue.poll()) {
            queued.decrementAndGet();
            entries.add(entry);
        }
        return entries;
    }

    private void sync() {
        try {
            journal.sync();
        } catch (IOException e) {
            diskFails = true;
            throw new UncheckedIOException(e);
        }
    }

    /// Writes what waits, then closes.
    @Override
    public void close() {
        ticking.cancel(false);
        var last =
                CompletableFuture.runAsync(
                        () -> {
                            tick();
                            closeJournal();
                        },
                        writer);
        writer.close();
        last.join();
    }

    private void closeJournal() {
        try {
            journal.close();
        } catch (IOException e) {
            log.atError().setCause(e).log("cannot close the ledger");
        }
    }
}
