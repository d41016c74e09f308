package org.deepseekplugin.platform.config;

import static java.util.Comparator.comparingInt;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deepseekplugin.platform.config.ConfigNode.Mapping;

/// Reads configuration files into a record. Later files lie over earlier ones.
public final class ConfigFiles {

    /// @param type a record; see the package for what its components may be
    public static <T> Loaded<T> read(Class<T> type, List<Path> files, ConfigCheck check) {
        var problems = new ArrayList<ConfigProblem>();
        var sources = new ArrayList<ConfigSource>();
        for (var file : files) {
            try {
                sources.add(new ConfigSource(file.toString(), Files.readString(file)));
            } catch (CharacterCodingException e) {
                problems.add(unreadable(file, "is not UTF-8 text"));
            } catch (IOException e) {
                problems.add(unreadable(file, "cannot be read: " + e));
            }
        }
        return parse(type, sources, check, problems);
    }

    public static <T> Loaded<T> parse(
            Class<T> type, List<ConfigSource> sources, ConfigCheck check) {
        return parse(type, sources, check, new ArrayList<>());
    }

    private static <T> Loaded<T> parse(
            Class<T> type,
            List<ConfigSource> sources,
            ConfigCheck check,
            List<ConfigProblem> problems) {
        var root = new Mapping(Map.of(), new Position("configuration", 1));
        for (var source : sources) {
            root = Layers.over(root, YamlFile.parse(source.name(), source.yaml(), problems));
        }
        var config = new RecordBinder(problems).bind(type, root, "");
        problems.addAll(check.problems(root));
        return config != null && problems.isEmpty()
                ? new Loaded.Good<>(config)
                : new Loaded.Bad<>(inOrder(problems, sources));
    }

    private static List<ConfigProblem> inOrder(
            List<ConfigProblem> problems, List<ConfigSource> sources) {
        var names = sources.stream().map(ConfigSource::name).toList();
        return problems.stream()
                .distinct()
                .sorted(
                        comparingInt((ConfigProblem problem) -> names.indexOf(problem.at().file()))
                                .thenComparingInt(problem -> problem.at().line()))
                .toList();
    }

    private static ConfigProblem unreadable(Path file, String reason) {
        return new ConfigProblem(new Position(file.toString(), 1), "", reason);
    }

    private ConfigFiles() {}
}
