package org.deepseekplugin.server.control;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.platform.config.Durations;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.platform.security.Secret;
import org.deepseekplugin.server.control.ControlReply.Body;
import org.deepseekplugin.server.keys.Key;
import org.deepseekplugin.server.keys.KeyMaker;
import org.deepseekplugin.server.keys.Keys;
import org.deepseekplugin.server.keys.NewKey;
import org.deepseekplugin.server.keys.Role;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Making, listing and revoking API keys.
public final class KeyOperations implements Operations {
    private final Keys keys;
    private final KeyMaker maker;
    private final Idempotency idempotency;
    private final Clock clock;

    public KeyOperations(Keys keys, KeyMaker maker, Idempotency idempotency, Clock clock) {
        this.keys = keys;
        this.maker = maker;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    @Override
    public Map<String, Handler> handlers() {
        return Map.of("listKeys", this::list, "createKey", this::create, "revokeKey", this::revoke);
    }

    private ControlReply list(ControlCall call) {
        return ControlReply.ok(Map.of("keys", keys.list(call.project())));
    }

    /// The secret is not stored, not even in the answer kept for repetitions: a repeated request
    /// makes the same secret again.
    private ControlReply create(ControlCall call) {
        var wanted = wanted(call);
        var secret =
                call.idempotencyKey()
                        .map(key -> maker.repeatable(call.project(), key, call.bytes().getBytes()))
                        .orElseGet(maker::fresh);
        var created = new ArrayList<Key>();
        var reply =
                idempotency.once(
                        call,
                        transaction -> {
                            var key = keys.insert(transaction, wanted, secret);
                            created.add(key);
                            return new Body(201, key);
                        });
        created.forEach(key -> keys.created(secret, key));
        return new Body(reply.status(), shown(reply.body(), secret));
    }

    private static JsonNode shown(Object key, Secret secret) {
        return Json.mapper().<ObjectNode>valueToTree(key).put("key", secret.reveal());
    }

    private ControlReply revoke(ControlCall call) {
        keys.revoke(call.project(), call.required("id"));
        return new ControlReply.NoContent();
    }

    private NewKey wanted(ControlCall call) {
        var body = call.body();
        return new NewKey(
                call.project(),
                body.get("name").asString(),
                Role.valueOf(body.path("role").asString("inference").toUpperCase(Locale.ROOT)),
                models(body),
                Optional.ofNullable(body.get("expires_in"))
                        .map(duration ->
                                clock.instant().plus(Durations.parse(duration.asString()))));
    }

    private static List<String> models(JsonNode body) {
        return body.path("models").valueStream().map(JsonNode::asString).toList();
    }
}
