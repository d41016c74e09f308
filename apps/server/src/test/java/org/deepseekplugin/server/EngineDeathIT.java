package org.deepseekplugin.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An engine is killed in the middle of its work.
@Timeout(120)
final class EngineDeathIT {
    private static final String SETTINGS =
            """
            agents: {heartbeat: 500ms, dead-after: 10s}
            clouds: {sim: {enabled: true}}
            """;

    @TempDir Path folder;
    @AutoClose OneService line;

    @BeforeEach
    void start() throws Exception {
        line = OneService.start(folder, SETTINGS);
    }

    @Test
    void the_gateway_stops_sending_and_the_agent_starts_it_again() throws Exception {
        engines().forEach(ProcessHandle::destroyForcibly);

        Await.until(
                "nothing is sent any more", () -> line.client().chat(false).statusCode() == 503);
        var refused = line.client().chat(false);
        if (refused.statusCode() == 503) { // it may be back already
            assertThat(refused.body()).contains("no_ready_replica");
            assertThat(refused.headers().firstValue("retry-after")).isPresent();
        }
        Await.until("it answers again", () -> line.client().chat(false).statusCode() == 200);
        assertThat(engines()).hasSize(1);
        assertThat(AgentCloud.launches()).as("its machine is kept").hasSize(1);
        assertThat(line.client().events()).doesNotContain("node.dead");
    }

    private static List<ProcessHandle> engines() {
        return ProcessHandle.current()
                .descendants()
                .filter(child -> child.info().commandLine().orElse("").contains("FakeEngineMain"))
                .toList();
    }
}
