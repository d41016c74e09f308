package org.deepseekplugin.engine;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.deepseekplugin.engine.http.ServedModel;
import org.deepseekplugin.engine.spi.EngineFactory;
import org.deepseekplugin.engine.spi.EngineSettings;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.version.ProductVersion;

/// A process that serves one model over HTTP until it is told to end: by SIGTERM, or by the end of
/// its standard input where `--watch-stdin` is given. Exit code 2 for a command line or weights
/// that cannot be used, 1 when the engine fails at work.
public final class EngineMain {
    private static final int FAILED = 1;
    private static final int WRONG_USE = 2;

    private EngineMain() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] words) {
        System.exit(run(words, System.out, System.err));
    }

    static int run(String[] words, PrintStream out, PrintStream err) {
        if (List.of(words).contains("--help")) {
            out.print(Option.usage());
            return 0;
        }
        if (List.of(words).contains("--version")) {
            out.println(ProductVersion.current());
            return 0;
        }
        try {
            serve(Arguments.parse(words));
            return FAILED;
        } catch (PlatformException e) {
            err.println(e.sentence());
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
        }
        return WRONG_USE;
    }

    /// Returns only when the engine has failed.
    private static void serve(Arguments arguments) {
        var process =
                EngineProcess.start(
                        factory(arguments.text(Option.ENGINE)),
                        settings(arguments),
                        served(arguments),
                        Listen.address(arguments.text(Option.LISTEN)),
                        arguments.path(Option.USAGE_LOG));
        Runtime.getRuntime().addShutdownHook(new Thread(process::close, "shutdown"));
        if (arguments.has(Option.PORT_FILE)) {
            process.announce(arguments.path(Option.PORT_FILE));
        }
        if (arguments.has(Option.WATCH_STDIN)) {
            Thread.ofPlatform().name("stdin").daemon().start(EngineMain::endWithStdin);
        }
        process.awaitFailure();
    }

    private static EngineSettings settings(Arguments arguments) {
        return new EngineSettings(
                arguments.path(Option.WEIGHTS),
                arguments.path(Option.NATIVES),
                arguments.whole(Option.SLOTS),
                arguments.whole(Option.CONTEXT_TOKENS),
                arguments.whole(Option.THREADS),
                arguments.whole(Option.QUEUE),
                arguments.optional(Option.CHAT_TEMPLATE),
                arguments.number(Option.TEMPERATURE),
                arguments.number(Option.FREQUENCY_PENALTY));
    }

    private static ServedModel served(Arguments arguments) {
        var model = arguments.text(Option.MODEL);
        return new ServedModel(
                model,
                arguments.optional(Option.REPLICA).orElse(model),
                arguments.whole(Option.MAX_BODY_BYTES));
    }

    private static EngineFactory factory(String name) {
        var factories =
                ServiceLoader.load(EngineFactory.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();
        return factories.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new PlatformException(
                                ErrorCode.INVALID_CONFIG,
                                "--engine is \"%s\"; there is %s."
                                        .formatted(
                                                name,
                                                factories.stream()
                                                        .map(EngineFactory::name)
                                                        .collect(Collectors.joining(", ")))));
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
