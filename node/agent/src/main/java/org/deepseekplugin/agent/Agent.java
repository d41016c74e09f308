package org.deepseekplugin.agent;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.deepseekplugin.agent.data.DataPlane;
import org.deepseekplugin.agent.engine.EngineFolders;
import org.deepseekplugin.agent.engine.Engines;
import org.deepseekplugin.agent.engine.Supervision;
import org.deepseekplugin.agent.engine.WeightsStore;
import org.deepseekplugin.agent.identity.CurrentIdentity;
import org.deepseekplugin.agent.identity.IdentityStore;
import org.deepseekplugin.agent.identity.Joining;
import org.deepseekplugin.agent.identity.Rejoining;
import org.deepseekplugin.agent.identity.Renewal;
import org.deepseekplugin.agent.link.ControlLink;
import org.deepseekplugin.agent.machine.Accelerators;
import org.deepseekplugin.agent.machine.Machine;
import org.deepseekplugin.agent.usage.UsageLogs;
import org.deepseekplugin.agent.usage.UsageShipper;
import org.deepseekplugin.platform.artifacts.FetchSettings;
import org.deepseekplugin.platform.artifacts.Mirror;
import org.deepseekplugin.platform.http.EventLoops;
import org.deepseekplugin.platform.time.Backoff;
import org.deepseekplugin.platform.version.ProductVersion;
import org.deepseekplugin.protocol.JoinRequest;
import org.deepseekplugin.protocol.Protocol;
import org.deepseekplugin.protocol.Unknown;

/// An agent, wired top to bottom.
public final class Agent implements AutoCloseable {
    private static final Duration USAGE_POLL = Duration.ofMillis(250);

    private final Vertx vertx;
    private final CurrentIdentity identity;
    private final ControlLink link;
    private final Engines engines;
    private final DataPlane dataPlane;
    private final UsageShipper usage;
    private final Machine machine;
    private final Housekeeping housekeeping;

    /// Joins if this node has not joined before, then runs until [#close].
    ///
    /// @param stop ends waiting for the control plane's permission when counted down
    public static Agent start(AgentSettings settings, CountDownLatch stop)
            throws IOException, InterruptedException {
        Files.createDirectories(settings.home());
        var vertx = EventLoops.create(2);
        try {
            return new Agent(settings, vertx, stop);
        } catch (IOException | InterruptedException | RuntimeException e) {
            vertx.close().await();
            throw e;
        }
    }

    private Agent(AgentSettings settings, Vertx vertx, CountDownLatch stop)
            throws IOException, InterruptedException {
        this.vertx = vertx;
        var clock = settings.clock();
        var random = new Random();
        var home = new AgentHome(settings.home());
        var environment = settings.environment();
        var probe = Accelerators.find(environment);
        machine = new Machine(Path.of("/proc"), home.root(), probe, ProductVersion.current());
        var bootId = BootId.read(environment, random);

        identity = identity(settings, home, machine, bootId, random, stop);
        var rejoining = new Rejoining(vertx, settings.server(), identity);
        var reconnects = reconnects(identity.get().heartbeat(), random);
        link = new ControlLink(vertx, settings.server(), identity, rejoining, reconnects, clock);

        var mirror = new Mirror(settings.server().resolve(Protocol.WEIGHTS_PATH), identity::tls);
        var fetching = FetchSettings.from(environment).with(mirror);
        var usageLogs = new UsageLogs(home.usage(), clock);
        var restarts = new Backoff(Duration.ofMillis(500), Duration.ofMinutes(1), random);
        engines =
                new Engines(
                        settings.launchers(),
                        new EngineFolders(home.engines(), usageLogs::current, clock),
                        new WeightsStore(home.weights(), fetching, clock),
                        Supervision.standard(restarts, clock),
                        link::heartbeatSoon);
        dataPlane =
                new RememberedPort(home.dataPort())
                        .listen(port ->
                                DataPlane.listen(
                                        vertx,
                                        settings.dataHost(),
                                        port,
                                        identity.tls(),
                                        clock,
                                        engines::find));
        identity.listen(dataPlane::renew);
        usage = new UsageShipper(usageLogs, link::send);
        housekeeping = new Housekeeping(engines, usageLogs);

        var conversation =
                new NodeConversation(
                        new NodeConversation.NodeFacts(
                                node(), bootId, settings.dataHost(), dataPlane.port()),
                        machine,
                        engines,
                        usage,
                        new Renewal(identity, clock),
                        new RememberedDesire(home.desired()),
                        link::send,
                        settings.log(),
                        clock);
        conversation.resume();
        usage.start(USAGE_POLL);
        housekeeping.start();
        link.start(conversation);
    }

    private CurrentIdentity identity(
            AgentSettings settings,
            AgentHome home,
            Machine machine,
            String bootId,
            Random random,
            CountDownLatch stop)
            throws InterruptedException {
        var store = new IdentityStore(home.identity());
        var known = store.load();
        if (known.isPresent()) {
            return CurrentIdentity.of(store, known.get(), settings.clock(), random);
        }
        var signing = store.request();
        var request =
                new JoinRequest(
                        Protocol.VERSION,
                        signing.csrPem(),
                        bootId,
                        machine.fingerprint(settings.dataHost(), 0),
                        Unknown.NONE);
        var backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), random);
        var joining = new Joining(vertx, settings.server(), settings.caPem(), backoff);
        var response = joining.join(request, settings.token(), stop);
        return CurrentIdentity.joined(store, response, signing.keyPem(), settings.clock(), random);
    }

    /// Never longer than a heartbeat, of which two at least may be missed: a control plane that
    /// comes back must hear of its nodes before it gives them up.
    private static Backoff reconnects(Duration heartbeat, Random random) {
        return new Backoff(heartbeat.dividedBy(4), heartbeat, random);
    }

    public String node() {
        return identity.get().node();
    }

    /// First no more news, then no more requests, then engines, whose last records stay on the
    /// disk.
    @Override
    public void close() {
        link.close();
        housekeeping.close();
        engines.close();
        dataPlane.close();
        usage.close();
        machine.close();
        vertx.close().await();
    }
}
