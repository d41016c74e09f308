package org.deepseekplugin.cli.commands;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.deepseekplugin.cli.client.ControlClient;
import org.deepseekplugin.cli.client.Query;
import org.deepseekplugin.cli.output.Cell;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
        name = "allocate",
        description = {
            "Rent one machine of a type, run a model on it, and wait until it answers.",
            "Ctrl-C before it is ready gives it back."
        },
        mixinStandardHelpOptions = true)
public final class AllocateCommand implements Runnable {
    @Mixin private Session session = new Session();

    @Option(
            names = "--cloud",
            paramLabel = "NAME",
            description = "Such as aws; needed where several clouds claim the rest.")
    private @Nullable String cloud;

    @Option(
            names = "--region",
            paramLabel = "NAME",
            description = "Only in this region, such as us-west-2.")
    private @Nullable String region;

    @Option(
            names = "--zone",
            paramLabel = "NAME",
            description = "Only in this zone, such as us-west-2a.")
    private @Nullable String zone;

    @Option(
            names = "--instance-type",
            paramLabel = "TYPE",
            description = "This machine type, such as g5.xlarge; `deepseek offers` lists them.")
    private @Nullable String instanceType;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "KEY=VALUE",
            description = "Anything else that the cloud's driver knows, such as market=spot.")
    private Map<String, String> more = new LinkedHashMap<>();

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "What to run on it; needed where several can be deployed.")
    private @Nullable String model;

    @Option(names = "--name", paramLabel = "NAME", description = "How to call it.")
    private @Nullable String name;

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
        var request = request();
        var key = UUID.randomUUID().toString();
        var regret = new Regret(() -> release(control, request, key));
        try (regret) {
            var resource = control.post("/resources", request, key);
            session.warn(resource);
            if (!noWait) {
                resource = await(control, Cell.text(resource, "id"));
            }
            regret.forget();
            print(resource);
        }
    }

    private Map<String, Object> request() {
        var config = new LinkedHashMap<String, Object>(more);
        putIfSaid(config, "cloud", cloud);
        putIfSaid(config, "region", region);
        putIfSaid(config, "zone", zone);
        putIfSaid(config, "instance_type", instanceType);
        var request = new LinkedHashMap<String, Object>();
        putIfSaid(request, "name", name);
        putIfSaid(request, "model", model);
        request.put("config", config);
        return request;
    }

    private static void putIfSaid(Map<String, Object> map, String key, @Nullable String value) {
        if (value != null) {
            map.put(key, value);
        }
    }

    private JsonNode await(ControlClient control, String id) {
        try (var states = session.states()) {
            return Readiness.await(
                    "resource " + id,
                    id,
                    () -> control.get("/resources/" + Query.segment(id)),
                    Duration.ofSeconds(timeoutSeconds),
                    states);
        }
    }

    /// Asks once more with the same key, which tells the id even if the first answer was lost.
    private void release(ControlClient control, Map<String, Object> request, String key) {
        var resource = control.post("/resources", request, key);
        control.delete("/resources/" + Query.segment(Cell.text(resource, "id")));
        session.err().println("Interrupted: " + Cell.text(resource, "id") + " is given back.");
        session.err().flush();
    }

    private void print(JsonNode resource) {
        if (session.isJson()) {
            session.json(resource);
            return;
        }
        session.out()
                .printf(
                        "%s is %s: %s. Give it back with: deepseek release %s%n",
                        Cell.text(resource, "id"),
                        Cell.text(resource, "state"),
                        machine(resource),
                        Cell.text(resource, "id"));
    }

    private static String machine(JsonNode resource) {
        return resource.hasNonNull("instance")
                ? "%s in %s, %s per hour"
                        .formatted(
                                Cell.text(resource, "instance_type"),
                                Cell.text(resource, "zone"),
                                Cell.price(resource))
                : "its machine is not rented yet, `deepseek services` shows it";
    }
}
