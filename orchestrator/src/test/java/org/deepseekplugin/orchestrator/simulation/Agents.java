package org.deepseekplugin.orchestrator.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deepseekplugin.cloud.spi.Instance;
import org.deepseekplugin.cloud.spi.InstanceId;
import org.deepseekplugin.cloud.spi.InstanceState;
import org.deepseekplugin.cloud.testkit.Launch;
import org.deepseekplugin.cloud.testkit.SimulatedCloud;
import org.deepseekplugin.orchestrator.nodes.AgentSession;
import org.deepseekplugin.orchestrator.nodes.Nodes;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.security.Secret;
import org.deepseekplugin.protocol.AgentMessage;
import org.deepseekplugin.protocol.EngineSpec;
import org.deepseekplugin.protocol.EngineStats;
import org.deepseekplugin.protocol.EngineStatus;
import org.deepseekplugin.protocol.Fingerprint;
import org.deepseekplugin.protocol.HostReading;
import org.deepseekplugin.protocol.JoinRequest;
import org.deepseekplugin.protocol.Protocol;
import org.deepseekplugin.protocol.ServerMessage;
import org.deepseekplugin.protocol.Unknown;
import org.jspecify.annotations.Nullable;

/// The agents on all running machines: they join with the token of their bootstrap, stay connected
/// and run what they are told. Some never come up, some fall silent.
public final class Agents {
    static final Duration TICK = Duration.ofSeconds(5);

    private static final Fingerprint FINGERPRINT =
            new Fingerprint(
                    "1",
                    "linux",
                    "x64",
                    "simulated",
                    2,
                    8192,
                    100_000,
                    List.of(),
                    List.of(),
                    "127.0.0.1",
                    9000,
                    Unknown.NONE);

    private static final class Agent {
        @Nullable String node;
        @Nullable AgentSession session;
        @Nullable Nodes server;
        long revision;
        long beats;
        boolean busy;
        Instant retryAt = Instant.MIN;
        List<EngineSpec> desired = List.of();
        final Map<String, Integer> age = new HashMap<>();
    }

    private final World world;
    private final SimulatedCloud cloud;
    private final Map<InstanceId, Agent> agents = new HashMap<>();
    private final Set<InstanceId> mute = new HashSet<>();
    private final Map<InstanceId, String> tokens = new HashMap<>();
    private double dudRate;

    /// @param dudRate share of machines that never come up
    public Agents(World world, SimulatedCloud cloud, double dudRate) {
        this.world = world;
        this.cloud = cloud;
        this.dudRate = dudRate;
    }

    void noMoreDuds() {
        dudRate = 0;
    }

    /// Its agent says nothing any more.
    public void silence(InstanceId machine) {
        mute.add(machine);
    }

    /// What the machine's agent was told last.
    public List<EngineSpec> engines(InstanceId machine) {
        var agent = agents.get(machine);
        return agent == null ? List.of() : agent.desired;
    }

    /// @param server of the process that runs now
    public void tick(Nodes server) {
        var book = cloud.book();
        for (Launch launch : book.launches()) {
            if (!tokens.containsKey(launch.machine())) {
                var token = launch.request().bootstrap().env().get("DEEPSEEK_JOIN_TOKEN");
                tokens.put(launch.machine(), String.valueOf(token));
                if (world.random().nextDouble() < dudRate) {
                    mute.add(launch.machine());
                }
            }
        }
        for (Instance machine : book.live()) {
            if (machine.state() == InstanceState.RUNNING && !mute.contains(machine.id())) {
                tick(server, machine.id(), agents.computeIfAbsent(machine.id(), _ -> new Agent()));
            }
        }
    }

    private void tick(Nodes server, InstanceId machine, Agent agent) {
        if (agent.busy || world.instant().isBefore(agent.retryAt)) {
            return;
        }
        agent.busy = true;
        try {
            if (agent.node == null) {
                agent.node = join(server, machine);
            }
            if (agent.server != server) {
                connect(server, agent);
            }
            beat(agent);
        } catch (PlatformException e) {
            boolean later = e.code() == ErrorCode.OVERLOADED;
            agent.retryAt = world.instant().plusSeconds(later ? 2 : 60);
        } finally {
            agent.busy = false;
        }
    }

    private String join(Nodes server, InstanceId machine) {
        var request =
                new JoinRequest(
                        Protocol.VERSION, "key of " + machine, "boot-1", FINGERPRINT, Unknown.NONE);
        return server.join(new Secret(tokens.get(machine)), request, "127.0.0.1").node();
    }

    private static void connect(Nodes server, Agent agent) {
        agent.server = server;
        agent.session =
                server.connected(
                        agent.node,
                        message -> {
                            if (message instanceof ServerMessage.Desired desired
                                    && desired.revision() >= agent.revision) {
                                agent.revision = desired.revision();
                                agent.desired = desired.engines();
                            }
                        });
        agent.session.receive(
                new AgentMessage.Hello(
                        Protocol.VERSION, agent.node, "boot-1", FINGERPRINT, Unknown.NONE));
    }

    private void beat(Agent agent) {
        var engines = new ArrayList<EngineStatus>();
        for (var engine : agent.desired) {
            int age = agent.age.merge(engine.replica(), 1, Integer::sum);
            engines.add(
                    new EngineStatus(
                            engine.replica(),
                            switch (age) {
                                case 1 -> EngineStatus.State.PULLING;
                                case 2 -> EngineStatus.State.STARTING;
                                default -> EngineStatus.State.READY;
                            },
                            "",
                            1,
                            0,
                            EngineStats.IDLE,
                            Unknown.NONE));
        }
        agent.session.receive(
                new AgentMessage.Heartbeat(
                        ++agent.beats,
                        world.instant(),
                        agent.revision,
                        engines,
                        new HostReading(0.1, 1000, 100_000, Unknown.NONE),
                        List.of(),
                        Unknown.NONE));
    }
}
