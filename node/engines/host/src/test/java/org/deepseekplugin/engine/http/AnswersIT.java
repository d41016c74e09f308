package org.deepseekplugin.engine.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deepseekplugin.engine.spi.ChatMessage;
import org.deepseekplugin.engine.spi.Outcome.Finish;
import org.deepseekplugin.engine.spi.Prompt;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What clients get, whole and streamed.
final class AnswersIT {
    private static final String CHAT = "/v1/chat/completions";
    private static final String HELLO =
            "{\"messages\": [{\"role\": \"user\", \"content\": \"hello\"}]%s}";

    @TempDir Path folder;
    private ServedFake served;

    @BeforeEach
    void serve() {
        served = new ServedFake(folder, 4);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void a_chat_is_answered_whole() throws Exception {
        var answer = served.post(CHAT, HELLO.formatted(""), "x-request-id", "request-1");
        var running = served.engine.next();
        assertThat(running.generation.prompt())
                .isEqualTo(new Prompt.Chat(List.of(new ChatMessage("user", "hello"))));
        running.says("Hi").says(" there").ends(Finish.STOP);

        var response = answer.get();
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("x-request-id")).hasValue("request-1");
        assertThat(Json.map(response.body().getBytes(UTF_8)))
                .containsEntry("object", "chat.completion")
                .containsEntry("model", "small")
                .containsEntry("created", 1_800_000_000)
                .containsEntry("system_fingerprint", "fake-1")
                .containsEntry("choices", List.of(choice("Hi there")))
                .containsEntry(
                        "usage",
                        Map.of(
                                "prompt_tokens",
                                7,
                                "completion_tokens",
                                2,
                                "total_tokens",
                                9,
                                "prompt_tokens_details",
                                Map.of("cached_tokens", 2)));
    }

    @Test
    void a_chat_is_streamed_as_it_is_made() throws Exception {
        var answer =
                served.stream(
                        CHAT,
                        HELLO.formatted(
                                ", \"stream\": true, \"stream_options\": {\"include_usage\": true}"));
        var running = served.engine.next().says("Hi");
        var lines = answer.get().body().filter(line -> !line.isEmpty()).iterator();
        assertThat(lines.next()).contains("\"role\":\"assistant\"").contains("\"usage\":null");
        assertThat(lines.next()).contains("\"content\":\"Hi\"");
        running.says(" there");
        assertThat(lines.next()).contains("\"content\":\" there\"");
        running.ends(Finish.LENGTH);

        assertThat(lines.next()).contains("\"delta\":{}").contains("\"finish_reason\":\"length\"");
        assertThat(lines.next()).contains("\"choices\":[]").contains("\"total_tokens\":9");
        assertThat(lines.next()).isEqualTo("data: [DONE]");
        assertThat(lines.hasNext()).isFalse();
    }

    @Test
    void a_list_of_prompts_is_answered_in_its_order() throws Exception {
        var answer =
                served.post(
                        "/v1/completions", "{\"prompt\": [\"one\", \"two\"], \"max_tokens\": 5}");
        var first = served.engine.next();
        var second = served.engine.next();
        second.says("2").ends(Finish.STOP);
        first.says("1").ends(Finish.LENGTH);

        var whole = Json.map(answer.get().body().getBytes(UTF_8));
        assertThat(first.generation.maxTokens()).isEqualTo(5);
        assertThat(whole.get("choices").toString())
                .matches(
                        ".*index=0, text=1, .*finish_reason=length.*index=1, text=2, .*finish_reason=stop.*");
        assertThat(whole.get("usage").toString()).contains("total_tokens=16");
    }

    @Test
    void the_usage_is_recorded_before_the_client_hears_of_the_end() throws Exception {
        var answer = served.post(CHAT, HELLO.formatted(""), "x-request-id", "request-1");
        served.engine.next().says("Hi").ends(Finish.STOP);
        answer.get();

        assertThat(served.usageRecords())
                .singleElement()
                .satisfies(record ->
                        assertThat(record)
                                .containsEntry("request", "request-1")
                                .containsEntry("replica", "small-1")
                                .containsEntry("promptTokens", 7)
                                .containsEntry("cachedTokens", 2)
                                .containsEntry("completionTokens", 1)
                                .containsEntry("finish", "stop"));
    }

    @Test
    void a_text_that_ends_while_it_is_handed_over_is_answered_and_recorded() throws Exception {
        served.engine.becomesHasty();
        var one = served.post(CHAT, HELLO.formatted("")).get();
        var several = served.post("/v1/completions", "{\"prompt\": [\"a\", \"b\", \"c\"]}").get();

        assertThat(one.body()).contains("quick");
        assertThat(several.body()).contains("\"index\":2");
        assertThat(served.usageRecords())
                .extracting(record -> record.get("completionTokens"))
                .containsExactly(1, 3);
    }

    @Test
    void if_one_of_several_prompts_is_refused_the_others_are_stopped() throws Exception {
        var more =
                served.post("/v1/completions", "{\"prompt\": [\"a\", \"b\", \"c\", \"d\", \"e\"]}")
                        .get();

        assertThat(more.statusCode()).isEqualTo(503);
        assertThat(served.engine.isIdle()).isTrue();
        assertThat(served.usageRecords())
                .singleElement()
                .satisfies(record -> assertThat(record).containsEntry("finish", "cancelled"));
    }

    @Test
    void what_the_engine_refuses_is_an_error_and_costs_nothing() throws Exception {
        served.engine.refusesWith(ErrorCode.CONTEXT_LENGTH_EXCEEDED, "The prompt has 9 tokens; …");
        var tooLong = served.post(CHAT, HELLO.formatted(", \"stream\": true")).get();
        served.engine.refusesWith(ErrorCode.OVERLOADED, "All slots are taken; …");
        var full = served.post(CHAT, HELLO.formatted("")).get();

        assertThat(tooLong.statusCode()).isEqualTo(400);
        assertThat(ServedFake.error(tooLong))
                .containsEntry("code", "context_length_exceeded")
                .containsEntry("param", "messages")
                .containsEntry("type", "invalid_request_error");
        assertThat(full.statusCode()).isEqualTo(503);
        assertThat(full.headers().firstValue("retry-after")).hasValue("1");
        assertThat(ServedFake.error(full)).containsEntry("type", "server_error");
        assertThat(served.usageRecords()).isEmpty();
    }

    @Test
    void a_failure_before_the_first_piece_is_a_status_and_after_it_an_event() throws Exception {
        var early = served.post(CHAT, HELLO.formatted(", \"stream\": true"));
        served.engine.next().ends(Finish.ERROR);
        var late = served.stream(CHAT, HELLO.formatted(", \"stream\": true"));
        served.engine.next().says("Hi").ends(Finish.ERROR);

        assertThat(early.get().statusCode()).isEqualTo(500);
        assertThat(late.get().statusCode()).isEqualTo(200);
        assertThat(late.get().body().filter(line -> !line.isEmpty()).toList())
                .last()
                .satisfies(line ->
                        assertThat(ServedFake.error(line.substring("data: ".length())))
                                .containsEntry("code", "internal"));
    }

    private static Map<String, Object> choice(String content) {
        var message = new java.util.HashMap<String, Object>();
        message.put("role", "assistant");
        message.put("content", content);
        message.put("refusal", null);
        var choice = new java.util.HashMap<String, Object>();
        choice.put("index", 0);
        choice.put("message", message);
        choice.put("logprobs", null);
        choice.put("finish_reason", "stop");
        return choice;
    }
}
