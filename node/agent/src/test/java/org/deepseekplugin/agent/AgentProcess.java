package org.deepseekplugin.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// [TestAgentMain] in a process of its own.
final class AgentProcess implements AutoCloseable {
    private final Process process;

    private AgentProcess(Process process) {
        this.process = process;
    }

    static AgentProcess start(TestNode node) throws IOException {
        var ca = Files.writeString(node.home.resolveSibling("ca.pem"), node.control.caPem());
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var process =
                new ProcessBuilder(
                                java.toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                TestAgentMain.class.getName(),
                                node.home.toString(),
                                node.control.uri().toString(),
                                ca.toString())
                        .inheritIO()
                        .start();
        return new AgentProcess(process);
    }

    /// SIGKILL: nothing is tidied up.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    /// No file that the agent writes may become larger: what a full disk does to it.
    void limitFiles(String bytes) throws IOException, InterruptedException {
        var limiting =
                new ProcessBuilder("prlimit", "--pid=" + process.pid(), "--fsize=" + bytes + ":")
                        .inheritIO()
                        .start();
        if (limiting.waitFor() != 0) {
            throw new IOException("prlimit failed");
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
