package org.deepseekplugin.emulator.wire;

import java.util.Map;
import org.deepseekplugin.platform.json.Json;

/// An HTTP answer and how it reaches the client.
public record WireAnswer(
        int status,
        String contentType,
        Map<String, String> headers,
        String body,
        Delivery delivery) {

    public static WireAnswer text(int status, String text) {
        return of(status, "text/plain", text);
    }

    public static WireAnswer json(int status, Object value) {
        return of(status, "application/json", Json.write(value));
    }

    public static WireAnswer of(int status, String contentType, String body) {
        return new WireAnswer(status, contentType, Map.of(), body, new Delivery.Whole());
    }

    public WireAnswer with(Map<String, String> newHeaders) {
        return new WireAnswer(status, contentType, newHeaders, body, delivery);
    }

    public WireAnswer by(Delivery newDelivery) {
        return new WireAnswer(status, contentType, headers, body, newDelivery);
    }
}
