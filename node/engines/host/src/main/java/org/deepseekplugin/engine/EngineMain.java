package org.deepseekplugin.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.deepseekplugin.engine.http.ServedModel;
import org.deepseekplugin.engine.spi.EngineFactory;
import org.deepseekplugin.engine.spi.EngineSettings;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// A process that serves one model over HTTP until it is told to end: by SIGTERM, or by the end of
/// its standard input where `--watch-stdin` is given.
@Command(
        name = "engine",
        mixinStandardHelpOptions = true,
        description = "Serves one model over OpenAI's HTTP interface on this machine.")
public final class EngineMain implements Callable<Integer> {
    private static final int WRONG_USE = 2;

    @Option(names = "--engine", required = true, description = "Kind of engine: llama.")
    private String engine = "";

    @Option(names = "--weights", required = true, description = "The model's file.")
    private Path weights = Path.of("");

    @Option(names = "--natives", required = true, description = "Folder of the native libraries.")
    private Path natives = Path.of("");

    @Option(names = "--model", required = true, description = "Its name in answers.")
    private String model = "";

    @Option(names = "--replica", description = "Its name in usage records; the model's by default.")
    private @Nullable String replica;

    @Option(
            names = "--listen",
            defaultValue = "127.0.0.1:0",
            description = "127.0.0.1:PORT (0: a free one) or the path of a Unix socket.")
    private String listen = "";

    @Option(names = "--slots", defaultValue = "4", description = "Requests decoded at once.")
    private int slots;

    @Option(
            names = "--context-tokens",
            defaultValue = "2048",
            description = "For each slot: the longest prompt and answer together.")
    private int contextTokens;

    @Option(names = "--threads", defaultValue = "0", description = "0: one less than processors.")
    private int threads;

    @Option(names = "--queue", defaultValue = "64", description = "Requests that may wait.")
    private int queue;

    @Option(
            names = "--chat-template",
            paramLabel = "JINJA",
            description = "Instead of the one that the weights carry.")
    private Optional<String> chatTemplate = Optional.empty();

    @Option(
            names = "--temperature",
            description =
                    "Of requests that name none, instead of the one that the weights recommend.")
    private Optional<Double> temperature = Optional.empty();

    @Option(
            names = "--frequency-penalty",
            description = "Of requests that name none; keeps small models from repeating.")
    private Optional<Double> frequencyPenalty = Optional.empty();

    @Option(
            names = "--max-body-bytes",
            defaultValue = "4194304",
            description = "Larger requests are refused.")
    private long maxBodyBytes;

    @Option(names = "--usage-log", required = true, description = "Where usage records go.")
    private Path usageLog = Path.of("");

    @Option(names = "--port-file", description = "Gets the port when the engine is ready.")
    private @Nullable Path portFile;

    @Option(names = "--watch-stdin", description = "End when standard input does.")
    private boolean watchStdin;

    public static void main(String[] arguments) {
        int code = new CommandLine(new EngineMain()).execute(arguments);
        if (code != 0) {
            System.exit(code);
        }
    }

    @Override
    public Integer call() {
        try {
            var address = Listen.address(listen);
            var settings =
                    new EngineSettings(
                            weights,
                            natives,
                            slots,
                            contextTokens,
                            threads,
                            queue,
                            chatTemplate,
                            temperature,
                            frequencyPenalty);
            var served = new ServedModel(model, replica == null ? model : replica, maxBodyBytes);
            var process = EngineProcess.start(factory(), settings, served, address, usageLog);
            Runtime.getRuntime().addShutdownHook(new Thread(process::close, "shutdown"));
            if (portFile != null) {
                process.announce(portFile);
            }
            if (watchStdin) {
                Thread.ofPlatform().name("stdin").daemon().start(EngineMain::endWithStdin);
            }
            return 0;
        } catch (PlatformException e) {
            return refused(e.sentence());
        } catch (IllegalArgumentException e) {
            return refused(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EngineFactory factory() {
        var factories =
                ServiceLoader.load(EngineFactory.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();
        return factories.stream()
                .filter(each -> each.name().equals(engine))
                .findFirst()
                .orElseThrow(() ->
                        new PlatformException(
                                ErrorCode.INVALID_CONFIG,
                                "--engine is \"%s\"; there is %s."
                                        .formatted(
                                                engine,
                                                factories.stream()
                                                        .map(EngineFactory::name)
                                                        .collect(Collectors.joining(", ")))));
    }

    @SuppressWarnings("SystemOut")
    private static int refused(String sentence) {
        System.err.println(sentence);
        return WRONG_USE;
    }

    /// The parent holds the other end: when it dies, however it dies, the system closes it.
    private static void endWithStdin() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            // as good as its end
        }
        System.exit(0);
    }
}
