package org.deepseekplugin.engine.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.deepseekplugin.engine.openai.Answers;
import org.deepseekplugin.engine.openai.CompletionRequest;
import org.deepseekplugin.engine.spi.Engine;
import org.deepseekplugin.engine.spi.Sampling;
import org.deepseekplugin.engine.usage.UsageLog;
import org.deepseekplugin.platform.http.RequestId;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.protocol.Unknown;
import org.deepseekplugin.protocol.UsageRecord;
import org.jspecify.annotations.Nullable;

/// `POST /v1/chat/completions` and `POST /v1/completions`.
final class Completions {
    /// Reads one endpoint's body.
    interface Reader {
        CompletionRequest read(Map<String, Object> body, Sampling defaults);
    }

    private final Vertx vertx;
    private final Engine engine;
    private final ServedModel model;
    private final Bodies bodies;
    private final Runs runs;
    private final UsageLog usageLog;
    private final Clock clock;
    private final RandomGenerator random;

    Completions(
            Vertx vertx,
            Engine engine,
            ServedModel model,
            Bodies bodies,
            Runs runs,
            UsageLog usageLog,
            Clock clock,
            RandomGenerator random) {
        this.vertx = vertx;
        this.engine = engine;
        this.model = model;
        this.bodies = bodies;
        this.runs = runs;
        this.usageLog = usageLog;
        this.clock = clock;
        this.random = random;
    }

    void handle(HttpServerRequest http, Reader reader) {
        var id = RequestId.of(http.getHeader(RequestId.HEADER), random);
        var response = http.response();
        var context = vertx.getOrCreateContext();
        var visit = new Visit(id, response, context);
        response.putHeader(RequestId.HEADER, id);
        response.closeHandler(gone -> visit.leave());
        response.exceptionHandler(gone -> visit.leave());
        bodies.read(
                        http,
                        body -> {
                            visit.start(reader, body);
                            return id;
                        })
                .onFailure(e -> Respond.error(response, e));
    }

    /// A client, from its request until it has its answer or is gone.
    private final class Visit {
        private final String id;
        private final HttpServerResponse response;
        private final Context context;
        private final AtomicReference<@Nullable Run> run = new AtomicReference<>();
        private volatile boolean gone;

        Visit(String id, HttpServerResponse response, Context context) {
            this.id = id;
            this.response = response;
            this.context = context;
        }

        void start(Reader reader, byte[] body) {
            var asked = reader.read(Json.map(body), engine.defaultSampling());
            var unique = unique();
            var itsRun = new Run(engine, reply(asked, unique), context, this::ended);
            runs.add(id, itsRun);
            run.set(itsRun);
            itsRun.start(unique, asked);
            if (gone) {
                itsRun.cancel();
            }
        }

        void leave() {
            gone = true;
            var running = run.get();
            if (running != null) {
                running.cancel();
            }
        }

        private void ended(Optional<Run.Total> total) {
            var running = run.get();
            if (running != null) {
                runs.remove(id, running);
            }
            total.ifPresent(spent -> record(id, spent));
        }

        private Reply reply(CompletionRequest asked, String unique) {
            var head =
                    new Answers.Head(
                            asked.answers().id(unique),
                            clock.instant().getEpochSecond(),
                            model.name(),
                            engine.fingerprint());
            return asked.stream()
                    ? new StreamReply(response, asked.answers(), head, asked.includeUsage())
                    : new WholeReply(response, asked.answers(), head);
        }
    }

    private String unique() {
        var bytes = new byte[12];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private void record(String request, Run.Total total) {
        var usage = total.usage();
        usageLog.append(
                new UsageRecord(
                        request,
                        model.replica(),
                        usage.prompt(),
                        usage.cached(),
                        usage.completion(),
                        total.finish().name().toLowerCase(Locale.ROOT),
                        clock.instant(),
                        Unknown.NONE));
    }
}
