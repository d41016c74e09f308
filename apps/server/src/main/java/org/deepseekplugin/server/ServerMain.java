package org.deepseekplugin.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import org.deepseekplugin.platform.errors.PlatformException;
import picocli.CommandLine;

/// Runs a server until it is told to stop: by SIGTERM, Ctrl-C, or, with `--watch-stdin`, by the end
/// of its standard input.
public final class ServerMain {
    /// The reason is on stderr, in one sentence.
    private static final int FAILED = 1;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ServerCommand(ServerMain::run)).execute(arguments));
    }

    private static int run(ServerOptions options) {
        try {
            var server = Server.start(options, Clock.systemUTC());
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
            System.out.println("ready " + server.url());
            if (options.watchStdin()) {
                awaitEnd(System.in);
                return 0;
            }
            server.awaitClose();
            return 0;
        } catch (PlatformException e) {
            System.err.println(e.sentence());
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /// Whoever started us holds the other end: when it dies, so do we.
    private static void awaitEnd(InputStream stdin) {
        try {
            stdin.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            System.err.println("Standard input broke (" + e + "), stopping.");
        }
    }

    private ServerMain() {}
}
