package org.deepseekplugin.agent;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.deepseekplugin.agent.engine.LlamaLauncher;
import org.deepseekplugin.agent.machine.Machine;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.security.Secret;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The agent's process: runs until SIGTERM.
@Command(
        name = "agent",
        mixinStandardHelpOptions = true,
        description = "Makes this machine a node: joins a control plane and runs its engines.")
public final class AgentMain implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(AgentMain.class);
    private static final int FAILED = 1;

    @Option(names = "--home", required = true, description = "Where the agent keeps everything.")
    private Path home = Path.of("");

    @Option(
            names = "--server",
            required = true,
            description = "The control plane's address for agents: https://host:8444.")
    private URI server = URI.create("");

    @Option(names = "--ca", required = true, description = "The control plane's authority, PEM.")
    private Path ca = Path.of("");

    @Option(names = "--token-file", required = true, description = "Holds the join token.")
    private Path tokenFile = Path.of("");

    @Option(
            names = "--data-host",
            description =
                    "Address the gateway may reach; DEEPSEEK_NODE_ADDRESS, or else the one that"
                            + " leads to the server.")
    private @Nullable String dataHost;

    @Option(
            names = "--bundle",
            description = "Folder with bin/engine and natives; DEEPSEEK_BUNDLE by default.")
    private @Nullable Path bundle;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new AgentMain()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var stop = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> shutDown(stop, ended), "shutdown"));
        try (var agent = Agent.start(settings(System.getenv()), stop)) {
            log.atInfo().addKeyValue("node", agent.node()).log("agent runs");
            stop.await();
            return 0;
        } catch (PlatformException e) {
            return failed(e.sentence());
        } finally {
            ended.countDown();
        }
    }

    private AgentSettings settings(Map<String, String> environment) throws IOException {
        var root = bundle(environment);
        var natives = root.resolve("natives/llama").resolve(Machine.os() + "-" + Machine.arch());
        var engine = List.of(root.resolve("bin/engine").toString());
        return new AgentSettings(
                home.toAbsolutePath(),
                server,
                Files.readString(ca),
                new Secret(Files.exists(tokenFile) ? Files.readString(tokenFile).strip() : ""),
                dataHost(environment),
                List.of(new LlamaLauncher(engine, natives)),
                environment,
                AgentLog.attach(),
                Clock.systemUTC());
    }

    private Path bundle(Map<String, String> environment) {
        return bundle != null
                ? bundle.toAbsolutePath()
                : Path.of(environment.getOrDefault("DEEPSEEK_BUNDLE", ".")).toAbsolutePath();
    }

    private String dataHost(Map<String, String> environment) throws IOException {
        if (dataHost != null) {
            return dataHost;
        }
        var given = environment.get("DEEPSEEK_NODE_ADDRESS");
        return given != null ? given : localAddressTowards(server);
    }

    /// Nothing is sent: connecting a datagram socket only asks the routing table.
    private static String localAddressTowards(URI server) throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
            return socket.getLocalAddress().getHostAddress();
        }
    }

    private static void shutDown(CountDownLatch stop, CountDownLatch ended) {
        stop.countDown();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("SystemOut")
    private static int failed(String sentence) {
        System.err.println(sentence);
        return FAILED;
    }
}
