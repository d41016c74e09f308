package org.deepseekplugin.emulator;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.deepseekplugin.platform.errors.PlatformException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The emulator as a process. Prints `ready <AWS endpoint>` when it serves; everything else a
/// client needs is in `<data-dir>/endpoints.json`. Exit codes: 0 asked to end, 1 failed, 2 usage.
@Command(
        name = "emulator",
        description = "Emulated clouds on loopback, with local processes as machines.",
        mixinStandardHelpOptions = true)
public final class EmulatorMain implements Callable<Integer> {
    @Option(names = "--data-dir", required = true, description = "its only place on the disk")
    private Path dataDir = Path.of(".");

    @Option(
            names = "--port",
            description = "of the AWS endpoint; 0 takes the last one or any (default: 0)")
    private int port;

    @Option(
            names = "--control-port",
            description = "of control and metadata; 0 takes the last one or any (default: 0)")
    private int controlPort;

    @Option(
            names = "--boot-delay",
            converter = Span.class,
            description = "from a launch to its user data, such as 1s or 250ms (default: 1s)")
    private Duration bootDelay = Duration.ofSeconds(1);

    @Option(names = "--config", description = "YAML with capacity and quota")
    private @Nullable Path config;

    @Option(names = "--watch-stdin", description = "end when standard input ends")
    private boolean watchStdin;

    public static void main(String[] args) {
        System.exit(new CommandLine(new EmulatorMain()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        try {
            serve(Emulator.start(options()));
            return 0;
        } catch (PlatformException e) {
            System.err.println("emulator: " + e.sentence());
            return 1;
        }
    }

    /// Until a signal, or the end of standard input if that is watched.
    private void serve(Emulator emulator) throws InterruptedException, IOException {
        var closed = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    emulator.close();
                                    closed.countDown();
                                },
                                "close"));
        System.out.println("ready " + emulator.endpoints().aws().endpoint());
        System.out.flush();
        if (watchStdin) {
            System.in.transferTo(OutputStream.nullOutputStream());
            // main then exits, and the hook closes
        } else {
            closed.await();
        }
    }

    private EmulatorOptions options() throws IOException {
        var options =
                EmulatorOptions.in(dataDir)
                        .withPorts(Map.of("aws", port, "control", controlPort))
                        .withBootDelay(bootDelay);
        if (config == null) {
            return options;
        }
        var limits = LimitsFile.read(config);
        return options.withLimits(limits.capacity(), limits.quota());
    }

    /// `250ms`, `1s`, `2m`.
    static final class Span implements CommandLine.ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return text.endsWith("ms")
                    ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
                    : Duration.parse("PT" + text);
        }
    }
}
