package org.deepseekplugin.platform.config;

import java.util.List;

/// A good configuration, or the complete list of what is wrong with it.
public sealed interface Loaded<T> {
    record Good<T>(T config) implements Loaded<T> {}

    /// @param problems in the order of the files
    record Bad<T>(List<ConfigProblem> problems) implements Loaded<T> {
        public Bad {
            problems = List.copyOf(problems);
        }
    }
}
