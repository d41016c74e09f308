package org.deepseekplugin.orchestrator.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.deepseekplugin.platform.security.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The script that a machine runs, with an agent that is a script, too.
@Timeout(60)
final class JoinScriptIT {
    private static final String SHA256 = "00ff";

    @TempDir Path home;
    private Path runs;
    private Process machine;

    @BeforeEach
    void prepare() {
        runs = home.resolve("runs");
    }

    @AfterEach
    void end() {
        if (machine != null) {
            machine.descendants().forEach(ProcessHandle::destroyForcibly);
            machine.destroyForcibly();
        }
    }

    @Test
    void an_agent_that_is_killed_is_started_again() throws Exception {
        agent("echo run >> runs; [ $(wc -l < runs) -gt 1 ] || kill -KILL $$; exit 0");

        boot();

        assertThat(machine.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(machine.exitValue()).isZero();
        assertThat(runs).hasContent("run\nrun");
    }

    @Test
    void an_agent_that_was_refused_is_not() throws Exception {
        agent("echo run >> runs; exit 1");

        boot();

        assertThat(machine.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(machine.exitValue()).isEqualTo(1);
        assertThat(runs).hasContent("run");
    }

    @Test
    void a_stop_goes_to_the_agent_and_waits_for_it() throws Exception {
        agent(
                "trap 'echo draining >> runs; sleep 1; echo drained >> runs; exit 0' TERM\n"
                        + "echo run >> runs; while :; do sleep 0.1; done");
        boot();
        while (!Files.exists(runs) || Files.size(runs) == 0) {
            assertThat(machine.waitFor(10, TimeUnit.MILLISECONDS)).isFalse();
        }

        machine.destroy();

        assertThat(machine.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(machine.exitValue()).isZero();
        assertThat(runs).hasContent("run\ndraining\ndrained");
    }

    @Test
    void bundles_of_older_versions_go_and_the_token_is_in_a_file() throws Exception {
        Files.createDirectory(home.resolve("bundle-old"));
        agent("echo \"$*\" > arguments; env > environment");

        boot();

        assertThat(machine.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(home.resolve("bundle-old")).doesNotExist();
        assertThat(home.resolve("join-token")).hasContent("int-1.secret");
        assertThat(home.resolve("environment")).content().doesNotContain("int-1.secret");
        assertThat(home.resolve("arguments"))
                .content()
                .contains("--token-file " + home.resolve("join-token"))
                .doesNotContain("int-1.secret");
    }

    private void agent(String script) throws IOException {
        var folder = Files.createDirectories(home.resolve("bundle-" + SHA256 + "/bin"));
        var agent = Files.writeString(folder.resolve("agent"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(agent, PosixFilePermissions.fromString("rwx------"));
    }

    private void boot() throws IOException {
        var bundles = Map.of("linux-x64", SHA256, "linux-arm64", SHA256, "macos-arm64", SHA256);
        var access = new AgentAccess("https://127.0.0.1:1", "CA", "1", bundles);
        var template = new AgentBootstrap(access).template();
        var bootstrap = AgentBootstrap.withToken(template, new Secret("int-1.secret"));
        for (var file : bootstrap.files()) {
            Files.writeString(home.resolve(file.path()), file.content());
        }
        var builder = new ProcessBuilder(bootstrap.argv()).directory(home.toFile());
        builder.environment().putAll(bootstrap.env());
        builder.environment().put("DEEPSEEK_HOME", home.toString());
        machine = builder.inheritIO().start();
    }
}
