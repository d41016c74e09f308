package org.deepseekplugin.gateway.auth;

import java.util.Set;

/// Who asks: the key, its project and what it may use.
///
/// @param keyId names the key in ledgers and logs; never the key itself
/// @param models names or aliases this key may use; empty means all
public record Principal(String keyId, String project, Set<String> models) {

    public Principal {
        models = Set.copyOf(models);
    }

    /// A key is limited by the names clients use as well as by the names behind them.
    ///
    /// @param asked the name in the request, perhaps an alias
    /// @param model the model it stands for
    public boolean mayUse(String asked, String model) {
        return models.isEmpty() || models.contains(asked) || models.contains(model);
    }
}
