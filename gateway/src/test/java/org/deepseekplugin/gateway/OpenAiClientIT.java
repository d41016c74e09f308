package org.deepseekplugin.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.SseException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import org.deepseekplugin.gateway.upstream.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// OpenAI's official Java client, with nothing changed but the address and the key.
@Timeout(60)
final class OpenAiClientIT {
    private GatewayFixture gateway;
    private FakeEngine engine;
    private OpenAIClient client;

    @BeforeEach
    void start() throws Exception {
        gateway = new GatewayFixture(GatewayOptions.DEFAULT, new Transport.Plaintext());
        engine = new FakeEngine(gateway.vertx, "r1", null);
        gateway.serve(engine.endpoint());
        client = client(GatewayFixture.KEY);
    }

    private OpenAIClient client(String key) {
        return OpenAIOkHttpClient.builder()
                .baseUrl("http://127.0.0.1:" + gateway.port() + "/v1")
                .apiKey(key)
                .maxRetries(0)
                .build();
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        engine.close();
        gateway.close();
    }

    @Test
    void chats() {
        var completion = client.chat().completions().create(question("gpt-4-turbo"));

        assertThat(completion.choices().getFirst().message().content()).hasValue("Hello");
        assertThat(completion.usage().orElseThrow().totalTokens()).isEqualTo(10);
    }

    @Test
    void streams() {
        engine.behave((request, asked) -> {
            FakeEngine.beginStream(request);
            request.response().write(FakeEngine.event(1));
            request.response().write(FakeEngine.event(2));
            request.response().end("data: [DONE]\n\n");
        });

        try (var stream = client.chat().completions().createStreaming(question("tiny"))) {
            assertThat(
                            stream.stream()
                                    .map(one ->
                                            one.choices().getFirst().delta().content().orElse("")))
                    .containsExactly("tok1 ", "tok2 ");
        }
        assertThat(engine.asked.getFirst().body().toString()).contains("\"stream\":true");
    }

    @Test
    void lists_models() {
        assertThat(client.models().list().data())
                .extracting(model -> model.id())
                .containsExactly("gpt-4-turbo", "tiny");
        assertThat(client.models().retrieve("tiny").ownedBy()).isEqualTo("deepseek-plugin");
    }

    @Test
    void knows_our_errors() {
        assertThatThrownBy(() -> client.chat().completions().create(question("unknown")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("gpt-4-turbo, tiny");
        assertThatThrownBy(() -> client("sk-wrong").chat().completions().create(question("tiny")))
                .isInstanceOf(UnauthorizedException.class);

        engine.behave((request, asked) ->
                FakeEngine.json(
                        request,
                        400,
                        "{\"error\":{\"message\":\"too long\",\"type\":\"invalid_request_error\","
                                + "\"param\":\"messages\",\"code\":\"context_length_exceeded\"}}"));
        assertThatThrownBy(() -> client.chat().completions().create(question("tiny")))
                .isInstanceOf(BadRequestException.class)
                .extracting(e -> ((OpenAIServiceException) e).code().orElseThrow())
                .isEqualTo("context_length_exceeded");
    }

    @Test
    void sees_a_broken_stream_as_an_error() {
        engine.behave((request, asked) -> {
            FakeEngine.beginStream(request);
            request.response().write(FakeEngine.event(1) + "data: {\"half");
            gateway.vertx.setTimer(50, now -> request.connection().close());
        });

        assertThatThrownBy(
                        () -> {
                            try (var stream =
                                    client.chat().completions().createStreaming(question("tiny"))) {
                                stream.stream().forEach(chunk -> {});
                            }
                        })
                .isInstanceOf(SseException.class)
                .hasMessageContaining("broke off");
    }

    private static ChatCompletionCreateParams question(String model) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage("Hi").build();
    }
}
