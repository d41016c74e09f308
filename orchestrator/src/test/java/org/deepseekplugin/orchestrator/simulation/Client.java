package org.deepseekplugin.orchestrator.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.deepseekplugin.orchestrator.services.Idempotency;
import org.deepseekplugin.orchestrator.services.ServiceSpec;
import org.deepseekplugin.orchestrator.services.Services;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;

/// A person with a script: deploys, scales, deletes, allocates and releases, and repeats a call
/// that got no answer. Knows what there should be in the end.
final class Client {
    static final String PROJECT = "default";
    static final String MODEL = "SmolLM2-135M-Instruct";

    private static final Map<String, String> CONFIG = Map.of("instance_type", "cpu.small");

    private interface Step {
        void run(Services services);
    }

    private final Deque<Step> script = new ArrayDeque<>();
    private final Map<String, Integer> wanted = new TreeMap<>();
    private final Map<String, String> resources = new TreeMap<>();

    Client(Random random) {
        deploy("chat", 1 + random.nextInt(3));
        int steps = 1 + random.nextInt(4);
        for (int i = 0; i < steps; i++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> deploy("chat", random.nextInt(4));
                case 2 -> delete("chat");
                case 3 -> allocate("key-" + i);
                default -> {
                    allocate("key-" + i);
                    release("key-" + i);
                }
            }
        }
    }

    /// Tries the next step; a step that fails stays the next.
    void tick(Services services) {
        var step = script.peek();
        if (step == null) {
            return;
        }
        try {
            step.run(services);
            script.remove();
        } catch (PlatformException e) {
            if (e.code() != ErrorCode.CONFLICT) {
                throw e;
            }
        }
    }

    boolean isDone() {
        return script.isEmpty();
    }

    /// Replicas by service name, in the end.
    Map<String, Integer> wanted() {
        return wanted;
    }

    private void deploy(String name, int replicas) {
        script.add(services -> {
            services.deploy(PROJECT, ServiceSpec.simple(name, MODEL, replicas, List.of(CONFIG)));
            wanted.put(name, replicas);
        });
    }

    private void delete(String name) {
        script.add(services -> {
            if (services.find(PROJECT, name).isPresent()) {
                services.delete(PROJECT, name);
            }
            wanted.remove(name);
        });
    }

    private void allocate(String key) {
        script.add(services -> {
            var made =
                    services.allocate(
                            PROJECT,
                            Optional.empty(),
                            CONFIG,
                            MODEL,
                            Optional.of(new Idempotency(key, "body")));
            resources.put(key, made.service().id());
            wanted.put(made.service().name(), 1);
        });
    }

    private void release(String key) {
        script.add(services -> {
            var id = resources.get(key);
            services.find(PROJECT, id)
                    .ifPresent(resource -> {
                        services.release(PROJECT, id);
                        wanted.remove(resource.name());
                    });
            services.find(PROJECT, id).ifPresent(resource -> wanted.remove(resource.name()));
        });
    }
}
