package org.deepseekplugin.agent;

import java.time.Clock;
import java.util.List;
import org.deepseekplugin.agent.engine.Engines;
import org.deepseekplugin.agent.identity.Renewal;
import org.deepseekplugin.agent.link.Conversation;
import org.deepseekplugin.agent.machine.Machine;
import org.deepseekplugin.agent.usage.UsageShipper;
import org.deepseekplugin.protocol.AgentMessage;
import org.deepseekplugin.protocol.Protocol;
import org.deepseekplugin.protocol.ServerMessage;
import org.deepseekplugin.protocol.Unknown;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What this node says to the control plane, and what it does when told something.
final class NodeConversation implements Conversation {
    private static final Logger log = LoggerFactory.getLogger(NodeConversation.class);
    private static final String AGENT = "agent";

    /// A message must stay below what a WebSocket peer takes by default.
    private static final int MAX_LINES = 500;

    private static final int MAX_LINE = 400;

    private final NodeFacts facts;
    private final Machine machine;
    private final Engines engines;
    private final UsageShipper usage;
    private final Renewal renewal;
    private final RememberedDesire remembered;
    private final Outbox outbox;
    private final AgentLog ownLog;
    private final Clock clock;

    private long revision;

    /// What stays the same while the agent runs.
    record NodeFacts(String node, String bootId, String dataHost, int dataPort) {}

    /// Where answers go.
    interface Outbox {
        void send(AgentMessage message);
    }

    NodeConversation(
            NodeFacts facts,
            Machine machine,
            Engines engines,
            UsageShipper usage,
            Renewal renewal,
            RememberedDesire remembered,
            Outbox outbox,
            AgentLog ownLog,
            Clock clock) {
        this.facts = facts;
        this.machine = machine;
        this.engines = engines;
        this.usage = usage;
        this.renewal = renewal;
        this.remembered = remembered;
        this.outbox = outbox;
        this.ownLog = ownLog;
        this.clock = clock;
    }

    /// Takes up what ran before the reboot.
    void resume() {
        remembered.load().ifPresent(desired -> engines.apply(desired.engines()));
    }

    @Override
    public AgentMessage.Hello hello() {
        return new AgentMessage.Hello(
                Protocol.VERSION,
                facts.node(),
                facts.bootId(),
                machine.fingerprint(facts.dataHost(), facts.dataPort()),
                Unknown.NONE);
    }

    @Override
    public AgentMessage.Heartbeat heartbeat(long sequence) {
        renewal.due().ifPresent(outbox::send);
        return new AgentMessage.Heartbeat(
                sequence,
                clock.instant(),
                revision,
                engines.statuses(),
                machine.reading(),
                machine.accelerators(),
                Unknown.NONE);
    }

    @Override
    public void connected() {
        usage.connected();
        renewal.connected();
    }

    @Override
    public void hear(ServerMessage message) {
        switch (message) {
            case ServerMessage.Desired desired -> apply(desired);
            case ServerMessage.UsageAck ack -> usage.acknowledged(ack.batch());
            case ServerMessage.TailLog request -> outbox.send(answer(request));
            case ServerMessage.Renewed renewed -> renewal.answered(renewed);
        }
    }

    private void apply(ServerMessage.Desired desired) {
        if (desired.revision() < revision) {
            log.atInfo()
                    .addKeyValue("revision", desired.revision())
                    .addKeyValue("newest", revision)
                    .log("an older wish came late, ignored");
            return;
        }
        log.atInfo()
                .addKeyValue("revision", desired.revision())
                .addKeyValue("engines", desired.engines().size())
                .log("told what to run");
        engines.apply(desired.engines());
        remembered.save(desired);
        revision = desired.revision();
    }

    private AgentMessage.LogLines answer(ServerMessage.TailLog request) {
        int count = Math.clamp(request.lines(), 0, MAX_LINES);
        var lines = request.source().equals(AGENT) ? ownLog.tail(count) : engineLog(request, count);
        var bounded =
                lines.stream()
                        .map(line -> line.substring(0, Math.min(line.length(), MAX_LINE)))
                        .toList();
        return new AgentMessage.LogLines(request.request(), bounded, Unknown.NONE);
    }

    private List<String> engineLog(ServerMessage.TailLog request, int count) {
        try {
            return engines.tail(request.source(), count);
        } catch (IllegalArgumentException e) {
            return List.of(String.valueOf(e.getMessage())); // no name for a replica
        }
    }
}
