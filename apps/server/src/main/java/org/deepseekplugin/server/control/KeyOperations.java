package org.deepseekplugin.server.control;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deepseekplugin.platform.config.Durations;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.json.Json;
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
    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final String SALT = "salt";

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

    /// The secret is not stored, not even in the answer kept for repetitions: what it was made from
    /// is, and makes it again.
    private ControlReply create(ControlCall call) {
        var wanted = wanted(call);
        var salt = maker.salt();
        var secret = maker.secret(salt);
        var created = new ArrayList<Key>();
        var reply =
                idempotency.once(
                        call,
                        transaction -> {
                            var key = keys.insert(transaction, wanted, secret);
                            created.add(key);
                            return new Body(201, json(key).put(SALT, salt));
                        });
        created.forEach(key -> keys.created(secret, key));
        return new Body(reply.status(), shown(json(reply.body())));
    }

    private ObjectNode shown(ObjectNode kept) {
        var salt = kept.remove(SALT).asString();
        return kept.put("key", maker.secret(salt).reveal());
    }

    private static ObjectNode json(Object key) {
        return Json.mapper().valueToTree(key);
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
                body.path("expires_in").asStringOpt().map(this::end));
    }

    private Instant end(String life) {
        try {
            return clock.instant().plus(ahead(Durations.parse(life)));
        } catch (IllegalArgumentException e) {
            throw new PlatformException(
                    ErrorCode.INVALID_REQUEST, "expires_in: " + e.getMessage() + ".", e);
        }
    }

    private static Duration ahead(Duration life) {
        if (!life.isPositive() || life.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "\"%s\" must be more than nothing and at most %d days"
                            .formatted(life, LONGEST.toDays()));
        }
        return life;
    }

    private static List<String> models(JsonNode body) {
        return body.path("models").valueStream().map(JsonNode::asString).toList();
    }
}
