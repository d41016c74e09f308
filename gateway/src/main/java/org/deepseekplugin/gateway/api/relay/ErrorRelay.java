package org.deepseekplugin.gateway.api.relay;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import org.deepseekplugin.gateway.api.errors.Refusal;
import org.deepseekplugin.gateway.api.exchange.Answers;
import org.deepseekplugin.gateway.api.exchange.Exchange;
import org.deepseekplugin.gateway.upstream.Reply;
import org.deepseekplugin.platform.errors.ErrorCode;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Passes on what upstreams say about errors: as it is when it has OpenAI's shape, else in our
/// words, so that no client ever sees a proxy's page.
final class ErrorRelay {
    private static final JsonFactory JSON = new JsonFactory();

    static void answer(Exchange exchange, int status, MultiMap headers, Buffer body) {
        if (isOpenAiError(body.getBytes())) {
            headers.remove("content-length");
            headers.set("content-type", "application/json");
            Answers.whole(exchange, status, headers, body);
        } else {
            Answers.refuse(exchange, inOurWords(exchange, status));
        }
    }

    static Refusal inOurWords(Exchange exchange, int status) {
        var code = status == 503 ? ErrorCode.OVERLOADED : ErrorCode.UPSTREAM_FAILED;
        return Refusal.of(
                code,
                "Replica \""
                        + exchange.endpoint()
                        + "\" of \""
                        + exchange.model()
                        + "\" answered with status "
                        + status
                        + "; repeat the request, and if it fails again look at the replica's log");
    }

    /// Why there is no answer at all.
    static Refusal of(Exchange exchange, Reply.Failed failed) {
        var replica = "Replica \"" + exchange.endpoint() + "\" of \"" + exchange.model() + "\" ";
        return switch (failed.reason()) {
            case UNREACHABLE, BROKEN, CANCELLED ->
                    Refusal.of(
                            ErrorCode.UPSTREAM_FAILED,
                            replica + "could not be asked; repeat the request");
            case TIMEOUT ->
                    Refusal.of(
                            ErrorCode.UPSTREAM_TIMEOUT,
                            replica + "did not answer in time; repeat the request or shorten it");
            case NOT_ACTIVE_YET ->
                    Refusal.of(
                            ErrorCode.NOT_ACTIVE_YET,
                            replica + "is out of reach: " + failed.detail());
            case UNACCOUNTABLE ->
                    Refusal.of(
                            ErrorCode.OVERLOADED,
                            "The gateway cannot write its ledger (the disk is full, broken or too slow;"
                                    + " its log tells which); repeat the request");
        };
    }

    private static boolean isOpenAiError(byte[] body) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean error = parser.currentName().equals("error");
                if (parser.nextToken() == JsonToken.START_OBJECT && error) {
                    return true;
                }
                parser.skipChildren();
            }
            return false;
        } catch (JacksonException e) {
            return false;
        }
    }

    private ErrorRelay() {}
}
