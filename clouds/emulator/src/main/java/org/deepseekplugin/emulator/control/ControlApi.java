package org.deepseekplugin.emulator.control;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.emulator.faults.Fault;
import org.deepseekplugin.emulator.faults.FaultMode;
import org.deepseekplugin.emulator.wire.WireAnswer;
import org.deepseekplugin.emulator.wire.WireRequest;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.json.Json;
import org.jspecify.annotations.Nullable;

/// [Control] over HTTP, JSON in and out:
///
/// | request | body |
/// |---|---|
/// | `POST /fault` | `{"action","code","times","mode","match","n"}`, see [Fault] |
/// | `GET /fault`, `DELETE /fault` | |
/// | `POST /lag` | `{"seconds"}` |
/// | `POST /kill` | `{"id"}` |
/// | `POST /evict` | `{"id","notice_s"}`, 120 by default |
/// | `POST /capacity` | `{"zone","type","count"}`, `*` by default |
/// | `POST /quota` | `{"family","vcpus"}`, `*` by default |
/// | `GET /truth?tag=name=value` | |
/// | `GET /console?id=` | |
final class ControlApi {
    /// A year.
    private static final int MOST_SECONDS = 365 * 24 * 3600;

    private static final Map<String, String> DONE = Map.of("status", "done");

    private final Control control;

    ControlApi(Control control) {
        this.control = control;
    }

    private record FaultOrder(
            @Nullable String action,
            @Nullable String code,
            @Nullable Integer times,
            @Nullable FaultMode mode,
            @Nullable String match,
            @Nullable Integer n) {}

    private record LagOrder(@Nullable Double seconds) {}

    private record MachineOrder(@Nullable String id, @Nullable Double noticeS) {}

    private record CapacityOrder(
            @Nullable String zone, @Nullable String type, @Nullable Integer count) {}

    private record QuotaOrder(@Nullable String family, @Nullable Integer vcpus) {}

    WireAnswer answer(String path, WireRequest request) {
        try {
            return route(request.method() + " " + path, request);
        } catch (PlatformException e) {
            var error = Map.of("code", e.code().code(), "message", e.sentence());
            return WireAnswer.json(e.code().httpStatus(), error);
        } catch (IllegalArgumentException e) {
            var mistake = ErrorCode.INVALID_REQUEST;
            return WireAnswer.json(
                    mistake.httpStatus(),
                    Map.of("code", mistake.code(), "message", String.valueOf(e.getMessage())));
        }
    }

    private WireAnswer route(String route, WireRequest request) {
        return switch (route) {
            case "POST fault" -> fault(read(request, FaultOrder.class));
            case "GET fault" -> WireAnswer.json(200, control.faults());
            case "DELETE fault" -> done(control::clearFaults);
            case "POST lag" -> lag(read(request, LagOrder.class));
            case "POST kill" -> kill(read(request, MachineOrder.class));
            case "POST evict" -> evict(read(request, MachineOrder.class));
            case "POST capacity" -> capacity(read(request, CapacityOrder.class));
            case "POST quota" -> quota(read(request, QuotaOrder.class));
            case "GET truth" ->
                    WireAnswer.json(200, control.truth(query(request, "tag").orElse("")));
            case "GET console" ->
                    WireAnswer.text(
                            200, control.console(given(query(request, "id").orElse(null), "id")));
            default ->
                    throw new PlatformException(
                            ErrorCode.NOT_FOUND, "The control API has no \"" + route + "\".");
        };
    }

    private WireAnswer fault(FaultOrder order) {
        control.fault(
                Fault.of(
                        order.action(),
                        order.code(),
                        order.times(),
                        order.mode(),
                        order.match(),
                        order.n()));
        return WireAnswer.json(200, DONE);
    }

    private WireAnswer lag(LagOrder order) {
        return done(() -> control.lag(seconds(given(order.seconds(), "seconds"))));
    }

    private WireAnswer kill(MachineOrder order) {
        return done(() -> control.kill(given(order.id(), "id")));
    }

    private WireAnswer evict(MachineOrder order) {
        double notice = order.noticeS() == null ? 120 : order.noticeS();
        return done(() -> control.evict(given(order.id(), "id"), seconds(notice)));
    }

    private WireAnswer capacity(CapacityOrder order) {
        return done(() ->
                control.capacity(
                        order.zone() == null ? "*" : order.zone(),
                        order.type() == null ? "*" : order.type(),
                        number(order.count(), "count")));
    }

    private WireAnswer quota(QuotaOrder order) {
        return done(() ->
                control.quota(
                        order.family() == null ? "*" : order.family(),
                        number(order.vcpus(), "vcpus")));
    }

    private static WireAnswer done(Runnable work) {
        work.run();
        return WireAnswer.json(200, DONE);
    }

    private static <T> T read(WireRequest request, Class<T> type) {
        return given(Json.read(request.body().getBytes(StandardCharsets.UTF_8), type), "body");
    }

    private static <T> T given(@Nullable T value, String name) {
        if (value == null) {
            throw new PlatformException(ErrorCode.INVALID_REQUEST, "\"" + name + "\" is missing.");
        }
        return value;
    }

    private static Duration seconds(double seconds) {
        if (!(seconds >= 0 && seconds <= MOST_SECONDS)) {
            throw new IllegalArgumentException(
                    "%s seconds are not from 0 to %d".formatted(seconds, MOST_SECONDS));
        }
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private static int number(@Nullable Integer value, String name) {
        int number = given(value, name);
        if (number < 0) {
            throw new IllegalArgumentException(
                    name + " is " + number + "; it must not be negative");
        }
        return number;
    }

    private static Optional<String> query(WireRequest request, String name) {
        for (var pair : request.query().split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return Optional.of(
                        URLDecoder.decode(
                                pair.substring(name.length() + 1), StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }
}
