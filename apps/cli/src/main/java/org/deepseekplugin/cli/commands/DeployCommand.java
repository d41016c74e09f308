package org.deepseekplugin.cli.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.deepseekplugin.cli.client.Query;
import org.deepseekplugin.cli.output.Cell;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

@Command(
        name = "deploy",
        description = "Make a service of a file, or give it a new specification, and wait for it.",
        mixinStandardHelpOptions = true)
public final class DeployCommand implements Runnable {
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    @Mixin private Session session = new Session();

    @Parameters(paramLabel = "FILE", description = "service.yaml")
    private Path file = Path.of(".");

    @Option(names = "--no-wait", description = "Return when it is wanted, not when it is ready.")
    private boolean noWait;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "900",
            description = "Wait so long (default: ${DEFAULT-VALUE}).")
    private long timeoutSeconds;

    @Override
    public void run() {
        var control = session.control();
        var service = control.post("/services", read(file));
        var name = Cell.text(service, "name");
        if (!noWait) {
            try (var states = session.states()) {
                service =
                        Readiness.await(
                                "service " + name,
                                () -> control.get("/services/" + Query.segment(name)),
                                DeployCommand::isReady,
                                Duration.ofSeconds(timeoutSeconds),
                                states);
            }
        }
        if (session.isJson()) {
            session.json(service);
        } else {
            session.out().println(sentence(service));
        }
    }

    private static boolean isReady(JsonNode service) {
        return service.path("state").asString("").equals("ready");
    }

    private static String sentence(JsonNode service) {
        return "Service %s serves %s: %s, %s of %s replicas ready."
                .formatted(
                        Cell.text(service, "name"),
                        Cell.text(service, "model"),
                        Cell.text(service, "state"),
                        Cell.text(service, "ready"),
                        Cell.text(service, "wanted"));
    }

    private static Map<String, Object> read(Path file) {
        try {
            return YAMLMapper.builder().build().readValue(Files.readAllBytes(file), MAP);
        } catch (IOException e) {
            throw new PlatformException(
                    ErrorCode.NOT_FOUND, "Cannot read %s: %s".formatted(file, e.getMessage()), e);
        } catch (JacksonException e) {
            throw new PlatformException(
                    ErrorCode.INVALID_CONFIG,
                    "%s is not valid YAML: %s".formatted(file, e.getOriginalMessage()),
                    e);
        }
    }
}
