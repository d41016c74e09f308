package org.deepseekplugin.orchestrator.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.Nearest;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.protocol.Unknown;
import org.deepseekplugin.protocol.WeightsFile;

/// The models that there are, and the other names that clients may use for them.
public final class ModelCatalog {
    private final Map<String, Model> models = new TreeMap<>();
    private final Map<String, String> aliases;

    /// @param aliases other name → model, from the configuration
    public ModelCatalog(Collection<Model> models, Map<String, String> aliases) {
        models.forEach(model -> this.models.put(model.name(), model));
        this.aliases = new TreeMap<>(aliases);
        aliases.forEach((alias, model) -> {
            if (!this.models.containsKey(model)) {
                throw new PlatformException(
                        ErrorCode.INVALID_CONFIG,
                        "aliases: \"%s\" stands for \"%s\", which is not a model; there are %s.%s"
                                .formatted(
                                        alias,
                                        model,
                                        String.join(", ", this.models.keySet()),
                                        Nearest.hint(model, this.models.keySet())));
            }
        });
    }

    /// The models that come with this program.
    public static ModelCatalog bundled(Map<String, String> aliases) {
        return new ModelCatalog(
                ModelFile.read().models().stream().map(ModelFile.Entry::model).toList(), aliases);
    }

    /// By its own name or an alias.
    ///
    /// @throws PlatformException `model_not_found` naming the models that there are
    public Model resolve(String name) {
        var model = models.get(aliases.getOrDefault(name, name));
        if (model == null) {
            var names = names();
            throw new PlatformException(
                    ErrorCode.MODEL_NOT_FOUND,
                    "There is no model \"%s\"; there are %s.%s"
                            .formatted(name, String.join(", ", names), Nearest.hint(name, names)));
        }
        return model;
    }

    public Collection<Model> models() {
        return List.copyOf(models.values());
    }

    public Map<String, String> aliases() {
        return Map.copyOf(aliases);
    }

    private List<String> names() {
        var names = new ArrayList<>(models.keySet());
        names.addAll(aliases.keySet());
        return names;
    }

    /// The resource `models.json`.
    private record ModelFile(List<Entry> models) {

        record Entry(
                String name,
                String engine,
                long memoryMib,
                long acceleratorMemoryMib,
                Map<String, String> options,
                List<Weights> weights) {

            Model model() {
                return new Model(
                        name,
                        engine,
                        memoryMib,
                        acceleratorMemoryMib,
                        options,
                        weights.stream().map(Weights::file).toList());
            }
        }

        record Weights(
                String name, long size, String sha256, String licence, List<String> sources) {
            WeightsFile file() {
                return new WeightsFile(name, size, sha256, licence, sources, Unknown.NONE);
            }
        }

        static ModelFile read() {
            try (var stream = ModelCatalog.class.getResourceAsStream("models.json")) {
                if (stream == null) {
                    throw new IllegalStateException("models.json is missing from the program");
                }
                return Json.read(stream.readAllBytes(), ModelFile.class);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
