package org.deepseekplugin.engine.http;

import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deepseekplugin.engine.openai.Messages;
import org.deepseekplugin.engine.spi.Engine;
import org.deepseekplugin.engine.spi.Prompt;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.protocol.Wire;

/// All but the completions: what runs here, how it is, and what its agent tells it.
final class EngineRoutes {
    private final Engine engine;
    private final ServedModel model;
    private final Bodies bodies;
    private final Runs runs;
    private final long startedAt;

    EngineRoutes(Engine engine, ServedModel model, Bodies bodies, Runs runs, Clock clock) {
        this.engine = engine;
        this.model = model;
        this.bodies = bodies;
        this.runs = runs;
        this.startedAt = clock.instant().getEpochSecond();
    }

    void models(HttpServerRequest http) {
        var one = new LinkedHashMap<String, Object>();
        one.put("id", model.name());
        one.put("object", "model");
        one.put("created", startedAt);
        one.put("owned_by", "deepseek-plugin");
        one.put("context_length", engine.contextTokens());
        Respond.json(http.response(), 200, Map.of("object", "list", "data", List.of(one)));
    }

    void health(HttpServerRequest http) {
        Respond.json(
                http.response(),
                runs.isDraining() ? 503 : 200,
                Map.of("status", runs.isDraining() ? "draining" : "ok"));
    }

    /// [org.deepseekplugin.protocol.EngineStats] as [Wire] encodes it, with `draining`.
    void stats(HttpServerRequest http) {
        var stats = Wire.encode(engine.stats());
        stats.put("draining", runs.isDraining());
        Respond.json(http.response(), 200, stats);
    }

    /// `?id=` is the request id that came with the request.
    void cancel(HttpServerRequest http) {
        var id = id(http);
        Respond.json(http.response(), 200, Map.of("id", id, "cancelled", runs.cancel(id)));
    }

    private static String id(HttpServerRequest http) {
        try {
            var id = http.getParam("id");
            if (id != null) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // its escapes are wrong: as good as none
        }
        throw new PlatformException(
                ErrorCode.INVALID_REQUEST,
                "`id` is missing: /engine/cancel?id= and the x-request-id of the request.");
    }

    /// From now on new requests are refused; those that run go on.
    void drain(HttpServerRequest http) {
        runs.drain();
        Respond.json(http.response(), 200, Map.of("draining", true, "requests", runs.size()));
    }

    /// `{"text"}` or `{"messages"}` to `{"count", "tokens"}`.
    void tokenize(HttpServerRequest http) {
        bodies.read(http, body -> engine.tokenize(prompt(body)))
                .onSuccess(tokens ->
                        Respond.json(
                                http.response(),
                                200,
                                Map.of("count", tokens.length, "tokens", tokens)))
                .onFailure(e -> Respond.error(http.response(), e));
    }

    private static Prompt prompt(byte[] body) {
        var fields = Json.map(body);
        return fields.get("text") instanceof String text
                ? new Prompt.Text(text)
                : new Prompt.Chat(Messages.read(fields.get("messages")));
    }
}
