package org.deepseekplugin.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.deepseekplugin.gateway.ledger.Observed.End;
import org.deepseekplugin.gateway.ledger.Tokens;
import org.deepseekplugin.gateway.upstream.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class GatewayIT {
    private static final String QUESTION =
            "{\"model\": \"gpt-4-turbo\", \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}";

    private GatewayFixture gateway;
    private FakeEngine engine;

    @BeforeEach
    void start() throws Exception {
        gateway = new GatewayFixture(GatewayOptions.DEFAULT, new Transport.Plaintext());
        engine = new FakeEngine(gateway.vertx, "r1", null);
        gateway.serve(engine.endpoint());
    }

    @AfterEach
    void stop() throws Exception {
        engine.close();
        gateway.close();
    }

    @Test
    void answers_a_chat_through_an_alias_and_leaves_every_byte_as_it_is() throws Exception {
        var answer = gateway.chat(QUESTION);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(FakeEngine.ANSWER);
        var asked = engine.asked.getFirst();
        assertThat(asked.path()).isEqualTo("/replicas/r1/v1/chat/completions");
        assertThat(asked.body().toString()).isEqualTo(QUESTION);
        assertThat(asked.headers().contains("authorization")).isFalse();
    }

    @Test
    void one_id_goes_in_through_and_out() throws Exception {
        var answer = gateway.chat(QUESTION);

        var id = answer.headers().firstValue("x-request-id").orElseThrow();
        assertThat(engine.asked.getFirst().headers().get("x-request-id")).isEqualTo(id);
        assertThat(gateway.ledger.attempts.getFirst().id()).isEqualTo(id);
    }

    @Test
    void the_ledger_gets_what_the_answer_states() throws Exception {
        gateway.chat(QUESTION);

        var observed = gateway.ledger.observed.getFirst();
        assertThat(observed.tokens()).isEqualTo(new Tokens(7, 0, 3));
        assertThat(observed.stated()).isTrue();
        assertThat(observed.end()).isEqualTo(End.WHOLE);
    }

    @Test
    void a_stream_arrives_byte_for_byte() throws Exception {
        var sent = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            sent.append(FakeEngine.event(i));
        }
        sent.append("data: [DONE]\n\n");
        engine.behave((request, asked) -> {
            FakeEngine.beginStream(request);
            for (int at = 0; at < sent.length(); at += 37) {
                request.response().write(sent.substring(at, Math.min(at + 37, sent.length())));
            }
            request.response().end();
        });

        var answer = gateway.chat(QUESTION.replace("{\"model\"", "{\"stream\": true, \"model\""));

        assertThat(answer.body()).isEqualTo(sent.toString());
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/event-stream");
    }

    @Test
    void connections_to_engines_are_used_again() throws Exception {
        engine.behave((request, asked) -> {
            if (asked.body().toString().contains("stream")) {
                FakeEngine.beginStream(request);
                request.response().end(FakeEngine.event(1));
            } else {
                FakeEngine.json(request, engine.asked.size() == 1 ? 400 : 200, FakeEngine.ANSWER);
            }
        });
        for (int i = 0; i < 10; i++) {
            gateway.chat(i % 2 == 0 ? QUESTION : "{\"model\": \"tiny\", \"stream\": true}");
        }

        assertThat(engine.connections).hasValue(1);
        assertThat(engine.aborted).hasValue(0);
    }

    @Test
    void lists_models_and_aliases() throws Exception {
        assertThat(gateway.get("/v1/models").body()).contains("\"tiny\"", "\"gpt-4-turbo\"");
        assertThat(gateway.get("/v1/models/tiny").statusCode()).isEqualTo(200);
        assertThat(gateway.get("/v1/models/nope").statusCode()).isEqualTo(404);
    }

    @Test
    void a_wrong_key_is_401_in_openais_shape() throws Exception {
        var answer =
                gateway.http.send(
                        gateway.request("/v1/chat/completions")
                                .setHeader("Authorization", "Bearer sk-wrong")
                                .POST(BodyPublishers.ofString(QUESTION))
                                .build(),
                        BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body())
                .contains("\"code\":\"invalid_api_key\"", "\"type\":\"invalid_request_error\"");
    }
}
