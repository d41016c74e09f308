package org.deepseekplugin.orchestrator.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.deepseekplugin.orchestrator.services.Idempotency;
import org.deepseekplugin.orchestrator.services.Service;
import org.deepseekplugin.orchestrator.services.ServiceSpec;
import org.deepseekplugin.orchestrator.services.Services;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;

/// A person with a script: deploys, scales, deletes, allocates and releases. Calls get lost on
/// their way, or their answers do, and are repeated; some arrive once more when all is over. Knows
/// what there should be in the end.
final class Client {
    static final String PROJECT = "default";
    static final String MODEL = "SmolLM2-135M-Instruct";

    private static final Map<String, String> CONFIG = Map.of("instance_type", "cpu.small");
    private static final double LOST_REQUEST = 0.1;
    private static final double LOST_ANSWER = 0.15;
    private static final double STRAY_COPY = 0.2;

    private interface Step {
        void run(Services services);
    }

    /// A copy of an `allocate` that a proxy delivers late.
    private record Copy(long tick, String key) {}

    private final Random random;
    private final Deque<Step> script = new ArrayDeque<>();
    private final List<Copy> copies = new ArrayList<>();
    private final Map<String, Integer> wanted = new TreeMap<>();
    private final Map<String, Service> resources = new TreeMap<>();
    private final List<String> complaints = new ArrayList<>();
    private boolean calm;

    /// Waits for an answer.
    private boolean busy;

    private long ticks;
    private int lostCalls;

    Client(Random random) {
        this.random = random;
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

    /// From now on every call arrives and is answered.
    void calm() {
        calm = true;
    }

    void tick(Services services) {
        if (!busy) {
            busy = true;
            try {
                next(services);
            } finally {
                busy = false;
            }
        }
    }

    /// Tries the next step; a step that fails, or whose answer is lost, stays the next.
    private void next(Services services) {
        ticks++;
        deliverCopies(services);
        var step = script.peek();
        if (step == null || isLost(LOST_REQUEST)) {
            return;
        }
        try {
            step.run(services);
        } catch (PlatformException e) {
            if (e.code() != ErrorCode.CONFLICT) {
                throw e;
            }
            return;
        }
        if (!isLost(LOST_ANSWER)) {
            script.remove();
        }
    }

    boolean isDone() {
        return script.isEmpty() && copies.isEmpty();
    }

    /// Replicas by service name, in the end.
    Map<String, Integer> wanted() {
        return wanted;
    }

    List<String> complaints() {
        return complaints;
    }

    int lostCalls() {
        return lostCalls;
    }

    private boolean isLost(double chance) {
        boolean lost = !calm && random.nextDouble() < chance;
        lostCalls += lost ? 1 : 0;
        return lost;
    }

    private void deploy(String name, int replicas) {
        script.add(services -> {
            services.deploy(PROJECT, ServiceSpec.simple(name, MODEL, replicas, List.of(CONFIG)));
            wanted.put(name, replicas);
        });
    }

    private void delete(String name) {
        script.add(services -> {
            end(services, name);
            wanted.remove(name);
        });
    }

    /// A call whose answer was lost may have ended it already: then it is not found.
    private static void end(Services services, String nameOrId) {
        try {
            services.delete(PROJECT, nameOrId);
        } catch (PlatformException e) {
            if (e.code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
        }
    }

    private void allocate(String key) {
        script.add(services -> {
            var made = make(services, key);
            wanted.put(made.name(), 1);
            if (isLost(STRAY_COPY)) {
                copies.add(new Copy(ticks + random.nextInt(40), key));
            }
        });
    }

    private Service make(Services services, String key) {
        var idempotency = Optional.of(new Idempotency(key, "body of " + key));
        var made =
                services.allocate(PROJECT, Optional.empty(), CONFIG, MODEL, idempotency).service();
        var first = resources.putIfAbsent(key, made);
        if (first != null && !first.id().equals(made.id())) {
            complaints.add(key + " made " + first.id() + " and " + made.id());
        }
        return made;
    }

    private void release(String key) {
        script.add(services -> {
            end(services, resources.get(key).id());
            wanted.remove(resources.get(key).name());
        });
    }

    private void deliverCopies(Services services) {
        for (var copy : List.copyOf(copies)) {
            if (copy.tick() <= ticks) {
                copies.remove(copy);
                try {
                    make(services, copy.key());
                } catch (PlatformException e) {
                    if (e.code() != ErrorCode.CONFLICT) {
                        throw e;
                    }
                }
            }
        }
    }
}
