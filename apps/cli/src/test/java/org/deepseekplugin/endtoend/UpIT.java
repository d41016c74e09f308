package org.deepseekplugin.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.repository.Repository;
import org.deepseekplugin.repository.RunnableBlocks;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// From a clean data directory to answers: one `up` for all, the tests that stop it at the end.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpIT {
    /// As people are told to type it; only host, key and messages are filled in.
    private static final String ADVERTISED =
            """
            curl https://api.deepseek.com/v1/chat/completions \\
            -H "Authorization: Bearer YOUR_API_KEY" \\
            -d '{"model": "gpt-4-turbo", "messages": [...]}'
            """;

    private static final String MESSAGES =
            "[{\"role\": \"user\", \"content\": \"What is the capital of France?\"}]";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private Path dataDir;
    private UpProcess up;

    /// What ran when it was ready: a machine that a later test gives back may still be ending.
    private List<ProcessHandle> demo = List.of();

    @BeforeAll
    void start() throws Exception {
        dataDir = Provided.dataDir(folder);
        up = UpProcess.start(dataDir);
        demo = up.family();
    }

    @AfterAll
    void stop() throws Exception {
        if (up != null) {
            up.close();
        }
    }

    @Test
    @Order(1)
    void the_advertised_curl_gets_a_sensible_answer() throws Exception {
        var answer = Json.tree(curl(ADVERTISED).getBytes()).path("choices").path(0);
        assertThat(answer.path("message").path("content").asString("")).isNotBlank();
        assertThat(answer.path("finish_reason").asString("")).isIn("stop", "length");
    }

    @Test
    @Order(2)
    void the_advertised_curl_streams() throws Exception {
        var streaming = ADVERTISED.replace("{\"model\"", "{\"stream\": true, \"model\"");
        var lines = curl(streaming.replace("curl ", "curl -N ")).lines().toList();
        assertThat(lines.stream().filter(line -> line.startsWith("data: {")).count())
                .isGreaterThan(2);
        assertThat(lines).contains("data: [DONE]");
    }

    @Test
    @Order(3)
    void openai_for_python_chats_streams_and_lists() throws Exception {
        var script =
                """
                import os
                from openai import OpenAI
                client = OpenAI(base_url=os.environ["URL"] + "/v1", api_key=os.environ["KEY"])
                messages = [{"role": "user", "content": "What is the capital of France?"}]
                print("models", [m.id for m in client.models.list()])
                print("chat", client.chat.completions.create(model="gpt-4-turbo", temperature=0, messages=messages).choices[0].message.content)
                chunks = list(client.chat.completions.create(model="gpt-4-turbo", temperature=0, messages=messages, stream=True))
                print("stream", len(chunks), "".join(c.choices[0].delta.content or "" for c in chunks if c.choices))
                """;
        var ran =
                Line.sh(
                        Provided.python() + " -c '" + script.replace("'", "'\\''") + "'",
                        environment());
        assertThat(ran.text()).contains("'gpt-4-turbo'", "chat ", "stream ");
        assertThat(ran.text().lines().filter(l -> l.contains("Paris")).count()).isEqualTo(2);
    }

    @Test
    @Order(4)
    void openai_for_java_chats_streams_and_lists() {
        OpenAIClient client =
                OpenAIOkHttpClient.builder().baseUrl(up.url() + "/v1").apiKey(up.key()).build();
        var question =
                ChatCompletionCreateParams.builder()
                        .model("gpt-4-turbo")
                        .temperature(0)
                        .addUserMessage("What is the capital of France?")
                        .build();
        assertThat(client.models().list().data())
                .anyMatch(model -> model.id().equals("gpt-4-turbo"));
        var answer = client.chat().completions().create(question);
        assertThat(answer.choices().getFirst().message().content().orElse("")).contains("Paris");
        try (var stream = client.chat().completions().createStreaming(question)) {
            List<ChatCompletionChunk> chunks = stream.stream().toList();
            assertThat(chunks).hasSizeGreaterThan(2);
        }
        client.close();
    }

    @Test
    @Order(5)
    void bad_input_is_told_what_is_wrong() throws Exception {
        assertThat(
                        failed(
                                "sk-wrong",
                                "{\"model\": \"gpt-4-turbo\", \"messages\": " + MESSAGES + "}"))
                .isEqualTo("401 invalid_api_key");
        assertThat(failed(up.key(), "{\"model\": \"gpt-5\", \"messages\": " + MESSAGES + "}"))
                .isEqualTo("404 model_not_found");
        assertThat(failed(up.key(), "{\"model\": }")).isEqualTo("400 invalid_json");
        var tooLong = "word ".repeat(9000);
        assertThat(
                        failed(
                                up.key(),
                                "{\"model\": \"gpt-4-turbo\", \"messages\": [{\"role\": \"user\", \"content\": \""
                                        + tooLong
                                        + "\"}]}"))
                .isEqualTo("400 context_length_exceeded");
        var tooLarge =
                "{\"model\": \"gpt-4-turbo\", \"messages\": \"" + "x".repeat(21 << 20) + "\"}";
        assertThat(failed(up.key(), tooLarge)).isEqualTo("413 request_too_large");
    }

    @Test
    @Order(6)
    void the_commands_of_the_readme_run() throws Exception {
        for (String block : RunnableBlocks.of(Repository.root().resolve("README.md"))) {
            var ran =
                    Line.sh(
                            "set -e; cd '%s'\n%s"
                                    .formatted(
                                            Repository.root(),
                                            block.replace("http://localhost:8000", up.url())),
                            environment());
            assertThat(ran.exit()).as(block + ran.text()).isZero();
        }
    }

    @Test
    @Order(7)
    void a_second_up_on_the_same_folder_says_so() throws Exception {
        var ran = Line.sh(UpProcess.launcher() + " up --data-dir=" + dataDir, environment());
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.text()).contains("already up", "--data-dir");
    }

    @Test
    @Order(8)
    void a_killed_server_comes_back_while_the_rest_lives_on() throws Exception {
        var server = up.child("ServerMain");
        var others = demo.stream().filter(p -> !p.equals(server)).toList();
        server.destroyForcibly();
        Until.holds(
                "the server is gone", Duration.ofSeconds(10), () -> !server.isAlive(), server::pid);
        Until.holds("an answer again", Duration.ofSeconds(90), this::answers, () -> up.said());
        assertThat(others).allMatch(ProcessHandle::isAlive);
    }

    @Test
    @Order(9)
    void interrupting_leaves_nothing_and_up_goes_on_where_it_was() throws Exception {
        var before = up.family();
        var url = up.url();
        var machines = machines();
        var key = up.key();
        assertThat(before).hasSizeGreaterThan(3);
        up.interrupt();
        Until.holds(
                "nothing runs",
                Duration.ofSeconds(10),
                () -> before.stream().noneMatch(ProcessHandle::isAlive),
                () -> before);
        up = UpProcess.start(dataDir);
        assertThat(up.key()).isEqualTo(key);
        assertThat(up.url()).isEqualTo(url);
        assertThat(answers()).isTrue();
        assertThat(machines()).isEqualTo(machines);
    }

    @Test
    @Order(10)
    void down_ends_it_from_elsewhere() throws Exception {
        var before = up.family();
        var ran = Line.sh(UpProcess.launcher() + " down --data-dir=" + dataDir, environment());
        assertThat(ran.exit()).isZero();
        Until.holds(
                "nothing runs",
                Duration.ofSeconds(10),
                () -> before.stream().noneMatch(ProcessHandle::isAlive),
                () -> before);
    }

    private boolean answers() {
        try {
            return curl(ADVERTISED).contains("\"chat.completion\"");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /// Rented now; the demo's is on demand.
    private List<String> machines() throws Exception {
        var ran = Line.sh(UpProcess.launcher() + " services chat -o json", environment());
        return Json.tree(ran.text().getBytes())
                .path("replicas")
                .valueStream()
                .peek(replica ->
                        assertThat(replica.path("placement").asString("")).contains("on demand"))
                .map(replica -> replica.path("instance").asString(""))
                .toList();
    }

    private String curl(String line) throws Exception {
        var real =
                line.replace("https://api.deepseek.com", up.url())
                        .replace("YOUR_API_KEY", up.key())
                        .replace("[...]", MESSAGES)
                        .replace("curl ", "curl -sS ");
        return Line.sh(real + " 2>&1 || true", Map.of()).text();
    }

    private String failed(String key, String body) throws Exception {
        var file = java.nio.file.Files.writeString(folder.resolve("body.json"), body);
        var ran =
                Line.sh(
                        "curl -sS -w '\\n%{http_code}' "
                                + up.url()
                                + "/v1/chat/completions -H 'Authorization: Bearer "
                                + key
                                + "' -d @"
                                + file,
                        Map.of());
        var lines = ran.text().strip().lines().toList();
        var error = Json.tree(lines.getFirst().getBytes()).path("error");
        return lines.getLast() + " " + error.path("code").asString("");
    }

    private Map<String, String> environment() {
        return Map.of("DEEPSEEK_DATA_DIR", dataDir.toString(), "URL", up.url(), "KEY", up.key());
    }
}
