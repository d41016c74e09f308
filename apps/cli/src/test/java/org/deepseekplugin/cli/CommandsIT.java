package org.deepseekplugin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/// Commands that read.
class CommandsIT extends CommandLineCase {

    @Test
    void status_is_a_table_for_people_and_json_for_programs() {
        server.on("GET /api/v1/status", 200, Examples.STATUS)
                .on(SERVICES, 200, Examples.services(Examples.service("ready", "ready", 1)))
                .on(RESOURCES, 200, Examples.resources(Examples.resource("booting")))
                .on("GET /api/v1/instances", 200, Examples.INSTANCES);
        assertThat(run("status").out())
                .contains("up for", "90s", "1 of 2 ready", "aws", "SmolLM2, 1 of 1 ready")
                .contains("SmolLM2, resource, booting")
                .containsPattern("per hour +1.006 USD");
        assertThat(run("status", "-o", "json").out()).contains("\"uptime_seconds\" : 90");
        assertThat(server.asked("GET /api/v1/status").getFirst().headers())
                .containsEntry("authorization", "Bearer sk-admin");
    }

    @Test
    void services_shows_resources_too_so_that_no_id_is_lost() {
        server.on(SERVICES, 200, Examples.services(Examples.service("ready", "ready", 1)))
                .on(RESOURCES, 200, Examples.resources(Examples.resource("ready")));
        assertThat(run("services").out())
                .contains("KIND")
                .containsPattern("chat +service +svc-1 +SmolLM2 +ready +1/1")
                .containsPattern("second +resource +res-1 +SmolLM2 +ready +1/1")
                .contains("c7i.large in us-west-2a, 0.0892 USD/h");
        assertThat(run("services", "-o", "json").out()).contains("\"resources\"", "\"res-1\"");
    }

    @Test
    void a_service_shows_its_replicas_and_their_nodes() {
        server.on(SERVICES, 200, Examples.services(Examples.service("ready", "ready", 1)))
                .on(RESOURCES, 200, Examples.resources(Examples.resource("ready")))
                .on("GET /api/v1/nodes", 200, Examples.NODES);
        assertThat(run("services", "chat").out())
                .containsPattern("rep-1 +ready +node-1 +aws/us-west-2/i-1");
        assertThat(run("services", "second").out()).contains("rep-2", "aws/us-west-2/i-2");
        var slip = run("services", "secnd");
        assertThat(slip.exit()).isEqualTo(1);
        assertThat(slip.err()).contains("Did you mean \"second\"?");
    }

    @Test
    void nodes_shows_engines_and_hides_the_dead() {
        server.on("GET /api/v1/nodes", 200, Examples.NODES);
        assertThat(run("nodes").out())
                .contains("SmolLM2 for chat: ready", "1 dead or gone not shown")
                .doesNotContain("node-0");
        assertThat(run("nodes", "--all").out()).contains("node-0");
    }

    @Test
    void offers_are_a_line_for_each_type_and_region() {
        server.on(
                "GET /api/v1/offers?region=us-west-2&limit=10000",
                200,
                Examples.offers(
                        Examples.offer("us-west-2b", "spot", "9.8"),
                        Examples.offer("us-west-2a", "on_demand", "32.77")));
        assertThat(run("offers", "--region", "us-west-2").out())
                .containsPattern("us-west-2 +p4d.24xlarge +~32.77 USD +~9.8 USD +96 +1152")
                .containsPattern("8 x A100 +a b")
                .contains("1 of 1; ~ is an estimate");
    }

    @Test
    void a_region_that_is_not_offered_names_those_that_are() {
        server.on("GET /api/v1/offers?region=us-wst-2&limit=10000", 200, Examples.offers())
                .on(
                        "GET /api/v1/offers?limit=10000",
                        200,
                        Examples.offers(Examples.offer("us-west-2b", "spot", "9.8")));
        var ran = run("offers", "--region", "us-wst-2");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err())
                .contains("\"us-wst-2\"", "Did you mean \"us-west-2\"?", "clouds.aws.regions");
    }

    @Test
    void events_are_the_newest_with_the_names_of_services() {
        server.on(
                        "GET /api/v1/events?limit=100",
                        200,
                        Examples.events(
                                Examples.event(1, "node.dead", "node-9", "silent for PT15S"),
                                Examples.event(2, "replica.ready", "rep-1", "serves SmolLM2")))
                .on(SERVICES, 200, Examples.services(Examples.service("ready", "ready", 1)))
                .on(RESOURCES, 200, Examples.NO_RESOURCES)
                .on("GET /api/v1/nodes", 200, Examples.NODES);
        var lines = run("events").out().lines().toList();
        assertThat(lines.get(0)).startsWith("TIME").contains("SERVICE");
        assertThat(lines.get(1)).contains("silent for 15 s").doesNotContain(".123");
        assertThat(lines.get(2)).containsPattern("replica.ready +chat +rep-1 +serves SmolLM2");
    }

    @Test
    void usage_names_keys_and_adds_up() {
        var line =
                """
                {"day": "2026-01-0%d", "key": "key_1", "key_name": "laptop", "model": "m", "requests": 2,
                 "prompt_tokens": 10, "cached_tokens": 4, "completion_tokens": 5, "estimated_tokens": 0}
                """;
        server.on(
                "GET /api/v1/usage",
                200,
                "{\"pending\": 0, \"usage\": [%s, %s]}"
                        .formatted(line.formatted(1), line.formatted(2)));
        assertThat(run("usage").out())
                .containsPattern("2026-01-01 +laptop +m +2 +10 +4 +5")
                .containsPattern("total +4 +20 +8 +10");
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
    void chat_prints_json_where_json_is_asked_for() {
        server.on(
                "POST /v1/chat/completions",
                200,
                "{\"choices\": [{\"message\": {\"content\": \"Paris.\"}}]}");
        assertThat(run("chat", "-m", "m", "-o", "json", "Where?").out())
                .startsWith("{")
                .contains("\"content\" : \"Paris.\"");
    }

    @Test
    void logs_are_sentences_for_people_and_as_written_for_programs() throws IOException {
        var logs = Files.createDirectories(folder.resolve("logs"));
        var line =
                "{\"at\":\"2026-01-01T00:00:00.5Z\",\"message\":\"placed\",\"level\":\"INFO\",\"thread_name\":\"t\",\"replica\":\"rep-1\",\"why\":\"is cheap\"}";
        Files.writeString(logs.resolve("server.log"), line + "\nready\n");
        assertThat(run("logs").out())
                .containsPattern(
                        "^\\d\\d:\\d\\d:00 INFO  placed replica=rep-1 why=\"is cheap\"\nready");
        assertThat(run("logs", "-o", "json").out()).startsWith(line);
    }

    @Test
    void the_servers_own_sentence_is_what_a_person_reads() {
        server.on(
                "GET /api/v1/keys",
                403,
                Examples.problem(403, "insufficient_permissions", "This key may not."));
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
}
