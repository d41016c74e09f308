package org.deepseekplugin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands against a server that answers as the contract says.
class CommandsIT {
    private static final String STATUS =
            """
            {"version": "1.0", "ready": true, "uptime_seconds": 90, "installation": "i", "clouds": [{"name": "aws"}],
             "services": {"ready": 1, "total": 2}, "replicas": {"ready": 1, "total": 3},
             "nodes": {"ready": 1, "total": 1}, "instances": {"ready": 1, "total": 1}}
            """;

    @TempDir Path folder;
    private FakeServer server;

    private record Ran(int exit, String out, String err) {}

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
        server.clientOf(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void status_is_a_table_for_people_and_json_for_programs() {
        server.on("GET /api/v1/status", 200, STATUS);
        assertThat(run("status").out()).contains("up for", "90s", "1 of 2 ready", "aws");
        assertThat(run("status", "-o", "json").out()).contains("\"uptime_seconds\" : 90");
        assertThat(server.asked("GET /api/v1/status").getFirst().headers())
                .containsEntry("authorization", "Bearer sk-admin");
    }

    @Test
    void offers_are_filtered_by_the_server() {
        server.on(
                "GET /api/v1/offers?region=us-west-2&market=on_demand&limit=20",
                200,
                """
                {"offers": [{"cloud": "aws", "region": "us-west-2", "zone": "us-west-2a", "instance_type": "p4d.24xlarge",
                  "market": "on_demand", "hourly_price": {"amount": "32.77", "currency": "USD"}, "price_estimated": true,
                  "vcpus": 96, "memory_mib": 1179648, "accelerators": {"name": "A100", "count": 8}}]}
                """);
        var ran = run("offers", "--region", "us-west-2", "--market", "on-demand");
        assertThat(ran.out()).contains("p4d.24xlarge", "~32.77 USD", "1152", "8 x A100");
    }

    @Test
    void deploy_waits_and_tells_each_state_once() throws IOException {
        var file =
                Files.writeString(
                        folder.resolve("service.yaml"), "name: chat\nmodel: m\nreplicas: 1\n");
        server.on("POST /api/v1/services", 201, service("starting", "booting"))
                .on("GET /api/v1/services/chat", 200, service("starting", "booting"))
                .on("GET /api/v1/services/chat", 200, service("starting", "booting"))
                .on("GET /api/v1/services/chat", 200, service("ready", "ready"));
        var ran = run("deploy", file.toString());
        assertThat(ran.exit()).isZero();
        assertThat(ran.err().lines())
                .containsExactly("service chat: booting", "service chat: ready");
        assertThat(ran.out()).contains("Service chat serves m: ready, 1 of 1");
        assertThat(server.asked("POST /api/v1/services").getFirst().body())
                .contains("\"name\":\"chat\"", "\"replicas\":1");
    }

    @Test
    void a_dropped_connection_is_repeated_with_the_same_idempotency_key() {
        var resource =
                "{\"id\": \"res-1\", \"name\": \"r\", \"state\": \"pending\", \"instance_type\": \"t\"}";
        server.drop("POST /api/v1/resources")
                .drop("POST /api/v1/resources")
                .on("POST /api/v1/resources", 201, resource);
        var ran = run("allocate", "--region", "us-west-2", "--instance-type", "t", "--no-wait");
        assertThat(ran.exit()).isZero();
        var asked = server.asked("POST /api/v1/resources");
        assertThat(asked).hasSizeGreaterThanOrEqualTo(3);
        assertThat(asked.stream().map(one -> one.headers().get("idempotency-key")).distinct())
                .hasSize(1)
                .doesNotContainNull();
        assertThat(asked.getLast().body())
                .contains("\"config\":{\"region\":\"us-west-2\",\"instance_type\":\"t\"}");
    }

    @Test
    void release_finds_out_whether_it_is_a_service() {
        server.on(
                        "GET /api/v1/services",
                        200,
                        "{\"services\": [{\"id\": \"svc-1\", \"name\": \"chat\"}]}")
                .on("DELETE /api/v1/services/chat", 204, "")
                .on("DELETE /api/v1/resources/res-1", 204, "");
        assertThat(run("release", "chat", "res-1").exit()).isZero();
        assertThat(server.asked("DELETE /api/v1/services/chat")).hasSize(1);
        assertThat(server.asked("DELETE /api/v1/resources/res-1")).hasSize(1);
    }

    @Test
    void chat_streams_and_uses_the_first_model() {
        server.on("GET /v1/models", 200, "{\"data\": [{\"id\": \"gpt-4-turbo\"}]}")
                .on(
                        "POST /v1/chat/completions",
                        200,
                        """
                        data: {"choices": [{"delta": {"role": "assistant"}}]}

                        data: {"choices": [{"delta": {"content": "Par"}}]}

                        data: {"choices": [{"delta": {"content": "is."}}]}

                        data: [DONE]

                        """);
        var ran = run("chat", "What", "is", "the", "capital?");
        assertThat(ran.out()).isEqualTo("Paris.\n");
        assertThat(server.asked("POST /v1/chat/completions").getFirst().body())
                .contains("\"model\":\"gpt-4-turbo\"", "What is the capital?", "\"stream\":true");
    }

    @Test
    void a_key_is_alone_on_standard_output() {
        server.on(
                "POST /api/v1/keys",
                201,
                "{\"key\": {\"id\": \"key-1\"}, \"api_key\": \"sk-new\"}");
        assertThat(run("keys", "create", "laptop").out()).isEqualTo("sk-new\n");
    }

    @Test
    void the_servers_own_sentence_is_what_a_person_reads() {
        server.on(
                "GET /api/v1/keys",
                403,
                "{\"code\": \"insufficient_permissions\", \"detail\": \"This key may not.\"}");
        var ran = run("keys");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).isEqualTo("This key may not.\n");
    }

    @Test
    void a_slip_gets_a_suggestion_and_code_2() {
        var command = run("statsu");
        assertThat(command.exit()).isEqualTo(2);
        assertThat(command.err())
                .contains("There is no command \"statsu\". Did you mean \"status\"?");
        var option = run("offers", "--instance-tpye", "x");
        assertThat(option.exit()).isEqualTo(2);
        assertThat(option.err()).contains("Did you mean \"--instance-type\"?");
    }

    @Test
    void without_a_server_it_says_how_to_start_one() throws IOException {
        Files.delete(folder.resolve("client.json"));
        var ran = run("status");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("deepseek up", "DEEPSEEK_URL");
    }

    private static String service(String state, String replica) {
        return """
        {"name": "chat", "model": "m", "state": "%s", "ready": 1, "wanted": 1,
         "replicas": [{"id": "r", "state": "%s"}]}
        """
                .formatted(state, replica);
    }

    private Ran run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var command = CliMain.commandLine();
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        var first = arguments[0].equals("keys") && arguments.length > 1 ? 2 : 1;
        var where = Stream.of("--data-dir", folder.toString());
        var all =
                Stream.of(
                                Arrays.stream(arguments, 0, first),
                                where,
                                Arrays.stream(arguments, first, arguments.length))
                        .flatMap(s -> s);
        int exit =
                arguments[0].equals("statsu")
                        ? command.execute(arguments)
                        : command.execute(all.toArray(String[]::new));
        return new Ran(exit, out.toString(), err.toString());
    }
}
