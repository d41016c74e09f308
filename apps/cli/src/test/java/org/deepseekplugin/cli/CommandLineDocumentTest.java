package org.deepseekplugin.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.deepseekplugin.repository.Repository;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The pages of the command line name each command and flag that there is, and no other.
class CommandLineDocumentTest {

    @ParameterizedTest
    @ValueSource(strings = {"docs/cli.md", "docs/zh-CN/cli.md"})
    void every_command_and_flag_is_in_the_document(String page) throws IOException {
        var said = DocumentedCommands.of(Repository.root().resolve(page));
        var synopses = new TreeSet<String>();
        var flags = new TreeMap<String, SortedSet<String>>();
        CliMain.commandLine()
                .getSubcommands()
                .forEach((name, command) -> collect(name, command, synopses, flags));
        assertThat(flags.values().stream().flatMap(SortedSet::stream)).containsAll(said.shared());

        flags.values().forEach(own -> own.removeAll(said.shared()));
        flags.values().removeIf(SortedSet::isEmpty);
        assertThat(said.synopses()).isEqualTo(synopses);
        assertThat(said.flags()).isEqualTo(flags);
    }

    private static void collect(
            String name,
            CommandLine command,
            SortedSet<String> synopses,
            SortedMap<String, SortedSet<String>> flags) {
        synopses.add(synopsis(name, command.getCommandSpec()));
        var own = new TreeSet<String>();
        command.getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .forEach(option -> own.add(row(option)));
        flags.put(name, own);
        command.getSubcommands()
                .forEach((sub, below) -> collect(name + " " + sub, below, synopses, flags));
    }

    private static String synopsis(String name, CommandSpec command) {
        return name
                + command.positionalParameters().stream()
                        .map(CommandLineDocumentTest::label)
                        .collect(joining());
    }

    private static String label(PositionalParamSpec parameter) {
        var label = parameter.paramLabel() + (parameter.arity().max() > 1 ? "…" : "");
        return parameter.arity().min() == 0 ? " [" + label + "]" : " " + label;
    }

    private static String row(OptionSpec option) {
        var names =
                Arrays.stream(option.names())
                        .sorted(Comparator.comparing(String::length))
                        .collect(joining(", "));
        var label = option.arity().max() > 0 ? " " + option.paramLabel() : "";
        return names + label + " | " + fallback(option);
    }

    /// As it is written in the code, whatever the home of this user is.
    private static String fallback(OptionSpec option) {
        if (option.defaultValue() == null) {
            return "none";
        }
        var value = option.defaultValueString(false);
        return value.contains("/.deepseek}") ? "~/.deepseek" : value;
    }
}
