package org.deepseekplugin.server.control;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.server.control.Routes.Found;
import org.deepseekplugin.server.http.BearerKeys;
import org.deepseekplugin.server.http.Bodies;
import org.deepseekplugin.server.http.Edge;
import org.deepseekplugin.server.http.Problems;
import org.deepseekplugin.server.http.Site;
import org.deepseekplugin.server.keys.Key;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves the contract: finds the operation, checks the caller and the request, runs the handler on
/// a virtual thread, and answers.
public final class ControlApi implements Site, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ControlApi.class);

    /// Requests being worked on at once; event streams are counted apart.
    private static final int MAX_RUNNING = 256;

    private static final int MAX_STREAMING = 64;

    private final Vertx vertx;
    private final Routes routes;
    private final BearerKeys keys;
    private final Requests requests = new Requests();
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("control-", 0).factory());
    private final Semaphore running = new Semaphore(MAX_RUNNING);
    private final Semaphore streaming = new Semaphore(MAX_STREAMING);

    private ControlApi(Vertx vertx, Routes routes, BearerKeys keys) {
        this.vertx = vertx;
        this.routes = routes;
        this.keys = keys;
    }

    /// @param parts together they must handle every operation of the contract
    public static ControlApi of(Vertx vertx, BearerKeys keys, List<Operations> parts) {
        var handlers = new HashMap<String, Handler>();
        parts.forEach(part -> handlers.putAll(part.handlers()));
        return new ControlApi(vertx, new Routes(Contract.load(), handlers), keys);
    }

    @Override
    public void handle(HttpServerRequest request, String id) {
        var caller = keys.caller(request);
        if (caller.isEmpty()) {
            Problems.answer(request, id, ErrorCode.INVALID_API_KEY, Edge.needsKey());
            return;
        }
        var path = request.path() == null ? "" : request.path();
        switch (routes.find(request.method(), path)) {
            case Found.Operated found -> admit(request, id, found, caller.get());
            case Found.OtherMethod(var allowed) -> {
                request.response().putHeader(HttpHeaders.ALLOW, allowed);
                Problems.answer(
                        request,
                        id,
                        ErrorCode.METHOD_NOT_ALLOWED,
                        "%s cannot be done with \"%s\"; it takes %s."
                                .formatted(request.method(), request.path(), allowed));
            }
            case Found.Nothing nothing ->
                    Problems.answer(
                            request,
                            id,
                            ErrorCode.NOT_FOUND,
                            "There is no operation at \"%s\"; /docs lists them."
                                    .formatted(request.path()));
        }
    }

    private void admit(HttpServerRequest request, String id, Found.Operated found, Key caller) {
        var needed = found.operation().role();
        if (!caller.role().includes(needed)) {
            Problems.answer(
                    request,
                    id,
                    ErrorCode.INSUFFICIENT_PERMISSIONS,
                    "Key %s has role %s; this needs %s. Ask an admin for another key."
                            .formatted(caller.hint(), caller.role().word(), needed.word()));
            return;
        }
        var context = vertx.getOrCreateContext();
        Bodies.read(vertx, request)
                .onSuccess(body -> run(context, request, id, found, caller, body))
                .onFailure(broken -> fail(request, id, broken));
    }

    private void run(
            Context context,
            HttpServerRequest request,
            String id,
            Found.Operated found,
            Key caller,
            byte[] body) {
        if (!running.tryAcquire()) {
            Problems.answer(
                    request,
                    id,
                    ErrorCode.OVERLOADED,
                    "The control API is busy with %d requests; repeat this one."
                            .formatted(MAX_RUNNING));
            return;
        }
        var responder = new Responder(context, request, id);
        try {
            threads.execute(() -> work(responder, request, id, found, caller, body));
        } catch (RejectedExecutionException closed) {
            running.release();
            Problems.answer(request, id, ErrorCode.SHUTTING_DOWN, "The server is shutting down.");
        }
    }

    private void work(
            Responder responder,
            HttpServerRequest request,
            String id,
            Found.Operated found,
            Key caller,
            byte[] body) {
        try {
            var reply = reply(request, id, found, caller, body);
            switch (reply) {
                case ControlReply.Events events -> stream(responder, events);
                case ControlReply.Body whole -> responder.send(whole);
                case ControlReply.NoContent none -> responder.send(none);
            }
        } catch (RuntimeException e) {
            responder.onLoop(() -> fail(request, id, e));
        }
    }

    private ControlReply reply(
            HttpServerRequest request, String id, Found.Operated found, Key caller, byte[] body) {
        try {
            return found.handler().handle(requests.check(request, id, found, caller, body));
        } finally {
            running.release();
        }
    }

    private void stream(Responder responder, ControlReply.Events events) {
        if (!streaming.tryAcquire()) {
            throw new PlatformException(
                    ErrorCode.OVERLOADED,
                    "%d readers follow the events already; end one, or ask without `follow`."
                            .formatted(MAX_STREAMING));
        }
        try {
            responder.send(events);
        } finally {
            streaming.release();
        }
    }

    private static void fail(HttpServerRequest request, String id, Throwable e) {
        switch (e) {
            case Unfit unfit ->
                    Problems.answer(request, id, unfit.code(), unfit.sentence(), unfit.faults());
            case PlatformException platform -> {
                if (platform.code().httpStatus() >= 500) {
                    warn(request, id, e);
                }
                Problems.answer(request, id, platform.code(), platform.sentence());
            }
            default -> {
                warn(request, id, e);
                Problems.answer(
                        request,
                        id,
                        ErrorCode.INTERNAL,
                        "Something went wrong in the server; its log tells more under request "
                                + id
                                + ".",
                        List.of());
            }
        }
    }

    private static void warn(HttpServerRequest request, String id, Throwable e) {
        log.atWarn()
                .addKeyValue("request", id)
                .addKeyValue("path", request.path())
                .setCause(e)
                .log("control request failed");
    }

    /// Ends what runs.
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
