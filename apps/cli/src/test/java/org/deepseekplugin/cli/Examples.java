package org.deepseekplugin.cli;

/// Answers as `openapi.yaml` promises them; [FakeServer] refuses any other.
final class Examples {
    static final String STATUS =
            """
            {"version": "1.0", "ready": true, "uptime_seconds": 90, "installation": "i", "clouds": [{"name": "aws"}],
             "services": {"ready": 1, "total": 2}, "replicas": {"ready": 1, "total": 3},
             "nodes": {"ready": 1, "total": 1}, "instances": {"ready": 1, "total": 1}}
            """;
    static final String NO_SERVICES = "{\"services\": []}";
    static final String NO_RESOURCES = "{\"resources\": []}";
    static final String NODES =
            """
            {"nodes": [
              {"id": "node-1", "instance": "aws/us-west-2/i-1", "state": "up", "connected": true,
               "joined_at": "2026-01-01T00:00:00Z",
               "engines": [{"replica": "rep-1", "service": "chat", "model": "SmolLM2", "state": "ready", "detail": "", "progress": 1,
                 "restarts": 0, "running": 0, "waiting": 0, "slots": 4, "cache_usage": 0}]},
              {"id": "node-0", "instance": null, "state": "dead", "connected": false, "joined_at": "2026-01-01T00:00:00Z"}]}
            """;
    static final String INSTANCES =
            """
            {"instances": [%s, %s]}
            """
                    .formatted(
                            instance("i-1", "joined", "1.006"), instance("i-0", "returned", "9"));

    static String problem(int status, String code, String detail, String... errors) {
        var list = errors.length == 0 ? "" : ", \"errors\": [" + String.join(", ", errors) + "]";
        return """
        {"type": "about:blank", "title": "t", "status": %d, "detail": "%s", "code": "%s", "request_id": "r"%s}
        """
                .formatted(status, detail, code, list);
    }

    static String error(String pointer, String message) {
        return "{\"pointer\": \"%s\", \"message\": \"%s\"}".formatted(pointer, message);
    }

    static String service(String state, String replica, int ready) {
        return """
        {"id": "svc-1", "name": "chat", "model": "SmolLM2", "state": "%s", "wanted_replicas": 1, "ready_replicas": %d,
         "replicas": [{"id": "rep-1", "ordinal": 0, "state": "%s", "instance": "aws/us-west-2/i-1"}],
         "warnings": ["standby: not active yet; none is kept"], "created_at": "2026-01-01T00:00:00Z"}
        """
                .formatted(state, ready, replica);
    }

    static String resource(String state) {
        return """
        {"id": "res-1", "name": "second", "state": "%s", "model": "SmolLM2", "instance_type": "c7i.large",
         "zone": "us-west-2a", "instance": "aws/us-west-2/i-2", "replica": "rep-2",
         "hourly_price": {"amount": "0.0892", "currency": "USD"}, "warnings": [], "created_at": "2026-01-01T00:00:00Z"}
        """
                .formatted(state);
    }

    static String services(String... services) {
        return "{\"services\": [%s]}".formatted(String.join(", ", services));
    }

    static String resources(String... resources) {
        return "{\"resources\": [%s]}".formatted(String.join(", ", resources));
    }

    static String offer(String zone, String market, String price) {
        return """
        {"cloud": "aws", "region": "us-west-2", "zone": "%s", "instance_type": "p4d.24xlarge", "market": "%s",
         "hourly_price": {"amount": "%s", "currency": "USD"}, "price_estimated": true,
         "vcpus": 96, "memory_mib": 1179648, "accelerators": {"name": "A100", "count": 8}}
        """
                .formatted(zone, market, price);
    }

    static String offers(String... offers) {
        return "{\"offers\": [%s]}".formatted(String.join(", ", offers));
    }

    static String event(int seq, String kind, String subject, String message) {
        return """
        {"seq": %d, "project": "default", "at": "2026-01-01T00:00:0%d.123Z", "kind": "%s", "subject": "%s", "message": "%s"}
        """
                .formatted(seq, seq, kind, subject, message);
    }

    static String events(String... events) {
        return "{\"events\": [%s]}".formatted(String.join(", ", events));
    }

    static String key(String revoked) {
        return """
        {"id": "key_1", "name": "laptop", "project": "default", "role": "inference", "models": [], "hint": "sk-…",
         "created_at": "2026-01-01T00:00:00Z", "revoked_at": %s}
        """
                .formatted(revoked);
    }

    private static String instance(String id, String state, String price) {
        return """
        {"id": "%s", "cloud": "aws", "region": "us-west-2", "zone": "us-west-2a", "instance_type": "t", "market": "spot",
         "state": "%s", "hourly_price": {"amount": "%s", "currency": "USD"}, "created_at": "2026-01-01T00:00:00Z"}
        """
                .formatted(id, state, price);
    }

    private Examples() {}
}
