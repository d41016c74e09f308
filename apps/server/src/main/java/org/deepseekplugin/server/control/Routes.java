package org.deepseekplugin.server.control;

import static java.util.stream.Collectors.joining;

import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Which operation and handler a request is for.
final class Routes {
    private final List<Bound> bound;

    private record Bound(Operation operation, Handler handler) {}

    /// What a look-up finds.
    sealed interface Found {
        record Operated(Operation operation, Handler handler, Map<String, String> path)
                implements Found {}

        /// @param allowed the methods that there are, as `Allow` lists them
        record OtherMethod(String allowed) implements Found {}

        record Nothing() implements Found {}
    }

    /// @throws IllegalStateException when operations and handlers do not pair off
    Routes(Contract contract, Map<String, Handler> handlers) {
        var operations = contract.operations();
        var missing = new TreeSet<String>();
        operations.forEach(operation -> missing.add(operation.id()));
        var superfluous = new TreeSet<>(handlers.keySet());
        superfluous.removeAll(missing);
        missing.removeAll(handlers.keySet());
        if (!missing.isEmpty() || !superfluous.isEmpty()) {
            throw new IllegalStateException(
                    "operations without handler: %s; handlers without operation: %s"
                            .formatted(missing, superfluous));
        }
        bound =
                operations.stream()
                        .map(operation -> new Bound(operation, handler(handlers, operation)))
                        .toList();
    }

    Found find(HttpMethod method, String path) {
        var others = new TreeSet<String>();
        for (var candidate : bound) {
            var values = candidate.operation().path().match(path);
            if (values.isPresent() && candidate.operation().method().equals(method)) {
                return new Found.Operated(candidate.operation(), candidate.handler(), values.get());
            }
            values.ifPresent(match -> others.add(candidate.operation().method().name()));
        }
        return others.isEmpty() ? new Found.Nothing() : new Found.OtherMethod(joined(others));
    }

    private static Handler handler(Map<String, Handler> handlers, Operation operation) {
        var handler = handlers.get(operation.id());
        if (handler == null) {
            throw new IllegalStateException("checked above");
        }
        return handler;
    }

    private static String joined(Set<String> methods) {
        return methods.stream().collect(joining(", "));
    }
}
