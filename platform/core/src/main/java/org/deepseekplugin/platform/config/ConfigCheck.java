package org.deepseekplugin.platform.config;

import java.util.List;
import org.deepseekplugin.platform.config.ConfigNode.Mapping;

/// What records cannot check by themselves, such as keys that a driver declares. It sees the merged
/// files, whether or not the rest of them is right.
@FunctionalInterface
public interface ConfigCheck {
    ConfigCheck NONE = root -> List.of();

    List<ConfigProblem> problems(Mapping root);
}
