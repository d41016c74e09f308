package org.deepseekplugin.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deepseekplugin.agent.TestNode.requests;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.http.HttpMethod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.deepseekplugin.protocol.AgentMessage.Hello;
import org.deepseekplugin.protocol.AgentMessage.Usage;
import org.deepseekplugin.protocol.EngineStatus.State;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An agent as a process: killed, and on a disk that is full.
@Timeout(90)
final class KilledAgentIT {
    @TempDir Path folder;
    @AutoClose TestNode node;

    @BeforeEach
    void prepare() throws Exception {
        node = new TestNode(Files.createDirectory(folder.resolve("home")));
    }

    /// An engine that lived on would hold memory and a port that the next agent knows nothing of.
    @Test
    void its_engines_end_with_it_and_the_next_one_runs_them_again() throws Exception {
        try (var agent = AgentProcess.start(node)) {
            node.ready("chat-0");
            int port = node.dataPort();
            assertThat(EngineProcesses.of("chat-0")).hasSize(1);

            agent.kill();

            Await.until("the engine ends", () -> EngineProcesses.of("chat-0").isEmpty());
            node.control.heard.clear();
            try (var next = AgentProcess.start(node)) {
                var hello = node.control.hear(Hello.class);
                assertThat(hello.fingerprint().dataPort()).isEqualTo(port);
                node.hearState("chat-0", State.READY);
                assertThat(EngineProcesses.of("chat-0")).hasSize(1);
                assertThat(node.control.joins).hasSize(1);
            }
        }
        Await.until("nothing is left", () -> EngineProcesses.of("chat-0").isEmpty());
    }

    @Test
    void what_its_engines_counted_is_told_by_the_next_one() throws Exception {
        try (var agent = AgentProcess.start(node)) {
            var gateway = node.ready("chat-0");
            TestNode.echo(gateway, "chat-0", "req-00000001");
            var stream =
                    gateway.request(HttpMethod.POST, "/replicas/chat-0/v1/stream", "req-00000002");
            var first = new CompletableFuture<String>();
            stream.send("{}")
                    .onSuccess(in -> in.handler(chunk -> first.complete(chunk.toString())));
            first.get(10, TimeUnit.SECONDS);
            assertThat(requests(node.control.hear(Usage.class))).containsExactly("req-00000001");

            agent.kill(); // before anything was acknowledged, in the middle of a stream
        }
        Await.until("the engine ends", () -> EngineProcesses.of("chat-0").isEmpty());
        node.control.heard.clear();
        try (var next = AgentProcess.start(node)) {
            assertThat(requests(node.control.hear(Usage.class))).contains("req-00000001");
        }
    }

    @Test
    void a_full_disk_is_said_and_weights_arrive_when_there_is_room() throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/prlimit")),
                "prlimit is missing: a full disk is not tried");
        var bytes = new byte[3 << 20];
        new Random(1).nextBytes(bytes);
        var large = node.control.weights("large.gguf", bytes);
        try (var agent = AgentProcess.start(node)) {
            node.control.hear(Hello.class);
            agent.limitFiles(Integer.toString(1 << 20));
            node.desire(1, TestNode.engine("chat-0", large));

            var failed = node.hearState("chat-0", State.FAILED);
            assertThat(failed.detail())
                    .contains("large.gguf", "Make room there", "what was fetched is kept");

            agent.limitFiles("unlimited");
            node.hearState("chat-0", State.READY);
        }
    }
}
