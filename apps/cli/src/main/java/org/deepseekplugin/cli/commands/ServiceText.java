package org.deepseekplugin.cli.commands;

import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.deepseekplugin.cli.client.Rejection;
import org.deepseekplugin.cli.client.Rejection.Fault;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// A service's file, and on which line each of its keys stands.
///
/// @param lines by JSON pointer, names spelled with `_`
record ServiceText(Path file, Map<String, Object> content, Map<String, Integer> lines) {
    private static final YAMLMapper YAML = YAMLMapper.builder().build();
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    /// @throws PlatformException naming the file, and the line where it is no YAML
    static ServiceText read(Path file) {
        try {
            var bytes = Files.readAllBytes(file);
            return new ServiceText(file, YAML.readValue(bytes, MAP), lines(bytes));
        } catch (IOException e) {
            throw new PlatformException(
                    ErrorCode.NOT_FOUND, "Cannot read %s: %s".formatted(file, reason(e)), e);
        } catch (JacksonException e) {
            throw new PlatformException(
                    ErrorCode.INVALID_CONFIG,
                    "%s line %d: this is not valid YAML: %s"
                            .formatted(
                                    file.getFileName(),
                                    Math.max(1, e.getLocation().getLineNr()),
                                    e.getOriginalMessage()),
                    e);
        }
    }

    private static String reason(IOException e) {
        return e instanceof java.nio.file.NoSuchFileException
                ? "there is no such file."
                : String.valueOf(e.getMessage());
    }

    private static Map<String, Integer> lines(byte[] yaml) {
        var lines = new HashMap<String, Integer>();
        try (var parser = YAML.createParser(yaml)) {
            while (parser.nextToken() != null) {
                var pointer = parser.streamReadContext().pathAsPointer().toString();
                lines.putIfAbsent(canonical(pointer), parser.currentTokenLocation().getLineNr());
            }
        }
        return lines;
    }

    /// A line for each fault: `service.yaml line 3: where[0].region: …`.
    PlatformException faulty(Rejection rejection) {
        return rejection.told(
                rejection.faults().stream()
                        .sorted(comparingInt(this::line))
                        .map(this::sentence)
                        .collect(joining("\n")));
    }

    private String sentence(Fault fault) {
        return "%s line %d: %s".formatted(file.getFileName(), line(fault), fault.sentence());
    }

    /// What is missing has the line of what it is missing from.
    private int line(Fault fault) {
        var pointer = canonical(fault.pointer());
        while (!pointer.isEmpty() && !lines.containsKey(pointer)) {
            pointer = pointer.substring(0, Math.max(0, pointer.lastIndexOf('/')));
        }
        return lines.getOrDefault(pointer, 1);
    }

    private static String canonical(String pointer) {
        return pointer.replace('-', '_');
    }
}
