package org.deepseekplugin.gateway.routing;

import java.util.Collection;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Everything that can be asked for at one moment. Immutable.
///
/// @param models by name
/// @param aliases other names clients use, each for the name of a model
public record EndpointSnapshot(Map<String, ServedModel> models, Map<String, String> aliases) {
    public static final EndpointSnapshot EMPTY = new EndpointSnapshot(Map.of(), Map.of());

    public EndpointSnapshot {
        models = Map.copyOf(models);
        aliases = Map.copyOf(aliases);
    }

    public static EndpointSnapshot of(Collection<ServedModel> models, Map<String, String> aliases) {
        return new EndpointSnapshot(
                models.stream().collect(Collectors.toMap(ServedModel::name, Function.identity())),
                aliases);
    }

    /// @param asked a model's name or an alias
    public Optional<ServedModel> find(String asked) {
        @Nullable ServedModel direct = models.get(asked);
        if (direct != null) {
            return Optional.of(direct);
        }
        @Nullable String target = aliases.get(asked);
        return target == null ? Optional.empty() : Optional.ofNullable(models.get(target));
    }

    /// Every name that [#find] finds, sorted.
    public NavigableSet<String> names() {
        var names = new TreeSet<>(models.keySet());
        aliases.forEach((alias, model) -> {
            if (models.containsKey(model)) {
                names.add(alias);
            }
        });
        return names;
    }
}
