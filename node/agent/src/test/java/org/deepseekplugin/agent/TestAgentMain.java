package org.deepseekplugin.agent;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.deepseekplugin.platform.security.Secret;

/// An agent with a fake engine, as a process that a test can kill.
final class TestAgentMain {
    public static void main(String[] arguments) throws Exception {
        var settings =
                new AgentSettings(
                        Path.of(arguments[0]),
                        URI.create(arguments[1]),
                        Files.readString(Path.of(arguments[2])),
                        new Secret(FakeControlPlane.TOKEN),
                        "127.0.0.1",
                        List.of(new FakeLauncher("fake")),
                        Map.of(),
                        AgentLog.attach(),
                        Clock.systemUTC());
        Agent.start(settings, new CountDownLatch(1));
        new CountDownLatch(1).await();
    }
}
