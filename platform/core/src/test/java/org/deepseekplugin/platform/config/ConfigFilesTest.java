package org.deepseekplugin.platform.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.platform.config.ConfigNode.Mapping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigFilesTest {

    enum Market {
        ON_DEMAND,
        SPOT
    }

    record Limits(
            @Doc("Longest body.") @Default("20MiB") Bytes maxBody,
            @Doc("When to scale.") @Default("85%") Percent threshold,
            @Doc("How long to wait.") @Default("300s") Duration idleTimeout) {}

    record Root(
            @Doc("Port.") @Default("8000") @Range(min = 0, max = 65535) int port,
            @Doc("Name.") String name,
            @Doc("Market.") Optional<Market> market,
            @Doc("Regions.") List<String> regions,
            @Doc("Aliases.") Map<String, String> models,
            @Doc("Limits.") Limits limits,
            @Doc("Clouds.") Mapping clouds) {}

    @TempDir private Path dir;

    @Test
    void values_have_units() {
        var root =
                good(
                        """
                        name: a
                        limits: {max-body: 40GiB, threshold: 7.5%, idle-timeout: 30m}
                        """);

        assertThat(root.limits())
                .isEqualTo(
                        new Limits(
                                new Bytes(40L << 30), new Percent(0.075), Duration.ofMinutes(30)));
    }

    @Test
    void absent_keys_have_their_defaults() {
        var root = good("name: a");

        assertThat(root.port()).isEqualTo(8000);
        assertThat(root.limits().idleTimeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(root.market()).isEmpty();
        assertThat(root.regions()).isEmpty();
    }

    @Test
    void underscores_stand_for_dashes_and_one_value_for_a_list() {
        var root =
                good("name: a\nlimits: {idle_timeout: 7s}\nmarket: on_demand\nregions: eastus\n");

        assertThat(root.limits().idleTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(root.market()).contains(Market.ON_DEMAND);
        assertThat(root.regions()).containsExactly("eastus");
    }

    @Test
    void a_later_file_lies_over_an_earlier_one() {
        var loaded =
                ConfigFiles.parse(
                        Root.class,
                        List.of(
                                new ConfigSource(
                                        "a.yaml",
                                        "name: a\nport: 1\nlimits: {max-body: 1MiB, threshold: 10%}"),
                                new ConfigSource("b.yaml", "port: 2\nlimits: {max_body: 2MiB}")),
                        ConfigCheck.NONE);

        var root = ((Loaded.Good<Root>) loaded).config();
        assertThat(root.name()).isEqualTo("a");
        assertThat(root.port()).isEqualTo(2);
        assertThat(root.limits().maxBody()).isEqualTo(new Bytes(2 << 20));
        assertThat(root.limits().threshold()).isEqualTo(new Percent(0.1));
    }

    @Test
    void everything_wrong_is_said_at_once_with_its_line() {
        assertThat(
                        problems(
                                """
                                port: many
                                nam: a
                                limits:
                                  max-body: huge
                                  idle-timeout: soon
                                market: spt
                                regions: {a: b}
                                """))
                .containsExactlyInAnyOrder(
                        "test.yaml line 1: name: is required (text)",
                        "test.yaml line 1: port: \"many\" is not a whole number; write digits only",
                        "test.yaml line 2: nam: is not a key here; known are port, name, market, regions, models, limits, clouds. Did you mean \"name\"?",
                        "test.yaml line 4: limits.max-body: \"huge\" is not an amount of bytes; write it like 40GiB (units: B, KB, MB, GB, TB, KiB, MiB, GiB, TiB)",
                        "test.yaml line 5: limits.idle-timeout: \"soon\" is not a time; write it like 300s, 30m, 24h or 7d",
                        "test.yaml line 6: market: \"spt\" must be one of on-demand, spot. Did you mean \"spot\"?",
                        "test.yaml line 7: regions: must be a list, not a group of keys");
    }

    @Test
    void numbers_and_shares_have_their_range() {
        assertThat(problems("name: a\nport: 70000\nlimits: {threshold: 120%}"))
                .containsExactlyInAnyOrder(
                        "test.yaml line 2: port: 70000 must be 0 to 65535",
                        "test.yaml line 3: limits.threshold: 120% is not a share; it must be 0% to 100%");
    }

    record Many(
            @Doc("Most.") @Range(min = 1, max = 9) Optional<Integer> most,
            @Doc("On.") Optional<Boolean> on,
            @Doc("Sizes.") List<Long> sizes) {}

    @Test
    void optional_and_listed_numbers_are_read_and_kept_in_range() {
        var good =
                ConfigFiles.parse(
                        Many.class,
                        List.of(new ConfigSource("a", "{most: 3, on: true, sizes: [1, 2]}")),
                        ConfigCheck.NONE);
        var bad =
                ConfigFiles.parse(
                        Many.class,
                        List.of(new ConfigSource("a", "{most: 10, sizes: [x]}")),
                        ConfigCheck.NONE);

        assertThat(good)
                .isEqualTo(
                        new Loaded.Good<>(
                                new Many(Optional.of(3), Optional.of(true), List.of(1L, 2L))));
        assertThat(((Loaded.Bad<Many>) bad).problems())
                .extracting(ConfigProblem::message)
                .containsExactly(
                        "10 must be 1 to 9", "\"x\" is not a whole number; write digits only");
    }

    @Test
    void the_file_of_a_problem_is_named() {
        var loaded =
                ConfigFiles.parse(
                        Root.class,
                        List.of(
                                new ConfigSource("a.yaml", "name: a\n\nport: x"),
                                new ConfigSource("b.yaml", "limits: {max-body: x}")),
                        ConfigCheck.NONE);

        assertThat(((Loaded.Bad<Root>) loaded).problems())
                .extracting(problem -> problem.at().toString())
                .containsExactly("a.yaml line 3", "b.yaml line 1");
    }

    @Test
    void a_key_that_stands_twice_is_a_problem() {
        assertThat(problems("name: a\nlimits: {idle-timeout: 1s, idle_timeout: 2s}"))
                .containsExactly(
                        "test.yaml line 2: limits.idle_timeout: stands here twice; keep one");
        assertThat(problems("name: a\nname: b")).anyMatch(line -> line.contains("line 2"));
    }

    @Test
    void broken_yaml_is_a_problem_with_its_line() {
        assertThat(problems("name: a\nregions: [x\nport: 1"))
                .anyMatch(line -> line.contains("is not valid YAML"));
        assertThat(problems("just text"))
                .contains("test.yaml line 1: the file must hold keys, not \"just text\"");
    }

    @Test
    void a_check_sees_the_merged_keys_even_when_others_are_wrong() {
        var loaded =
                ConfigFiles.parse(
                        Root.class,
                        List.of(
                                new ConfigSource(
                                        "test.yaml", "port: x\nclouds: {aws: {regoin: x}}")),
                        root ->
                                List.of(
                                        new ConfigProblem(
                                                root.entries().get("clouds").at(),
                                                "clouds",
                                                "seen")));

        assertThat(((Loaded.Bad<Root>) loaded).problems())
                .extracting(ConfigProblem::path)
                .containsExactlyInAnyOrder("port", "name", "clouds");
    }

    @Test
    void an_unreadable_file_is_a_problem() throws Exception {
        var latin1 =
                Files.write(dir.resolve("latin1.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9});

        var loaded =
                ConfigFiles.read(
                        Root.class, List.of(dir.resolve("none.yaml"), latin1), ConfigCheck.NONE);

        assertThat(((Loaded.Bad<Root>) loaded).problems().toString())
                .contains(
                        "none.yaml line 1: cannot be read",
                        "latin1.yaml line 1: is not UTF-8 text");
    }

    @Test
    void the_reference_names_every_key() {
        assertThat(ConfigReference.markdown(Root.class))
                .contains("| `port` | number | `8000` | Port. |")
                .contains("| `limits.max-body` | bytes (`40GiB`) | `20MiB` | Longest body. |")
                .contains("| `models` | name: text | none | Aliases. |");
    }

    @Test
    void amounts_print_as_they_are_written() {
        assertThat(Arrays.asList(Bytes.parse("40 GiB"), Bytes.parse("1500"), Bytes.parse("20MB")))
                .extracting(Bytes::toString)
                .containsExactly("40GiB", "1500B", "20000000B");
        assertThat(Percent.parse("85%")).hasToString("85%");
        assertThat(Percent.parse("0.125")).hasToString("12.5%");
    }

    private static Root good(String yaml) {
        return switch (load(yaml)) {
            case Loaded.Good<Root>(var config) -> config;
            case Loaded.Bad<Root>(var problems) -> throw new AssertionError(problems);
        };
    }

    private static List<String> problems(String yaml) {
        return ((Loaded.Bad<Root>) load(yaml))
                .problems().stream().map(ConfigProblem::toString).toList();
    }

    private static Loaded<Root> load(String yaml) {
        return ConfigFiles.parse(
                Root.class, List.of(new ConfigSource("test.yaml", yaml)), ConfigCheck.NONE);
    }
}
