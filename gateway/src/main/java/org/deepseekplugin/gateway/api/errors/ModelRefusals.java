package org.deepseekplugin.gateway.api.errors;

import java.util.List;
import org.deepseekplugin.gateway.auth.Principal;
import org.deepseekplugin.gateway.routing.EndpointSnapshot;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.Nearest;

/// Words for a model that cannot be had.
public final class ModelRefusals {
    private static final int MAX_NAME_SHOWN = 100;

    public static Refusal unknown(String asked, EndpointSnapshot snapshot, Principal principal) {
        var names = visible(snapshot, principal);
        return new Refusal(
                ErrorCode.MODEL_NOT_FOUND,
                "The model \""
                        + shown(asked)
                        + "\" does not exist here."
                        + Nearest.hint(shown(asked), names)
                        + (names.isEmpty()
                                ? " No model is served yet: deploy one with `deepseek deploy`."
                                : " Models: " + String.join(", ", names)),
                "model");
    }

    public static Refusal forbidden(String asked, Principal principal) {
        return new Refusal(
                ErrorCode.INSUFFICIENT_PERMISSIONS,
                "This key may not use the model \""
                        + shown(asked)
                        + "\"; it may use: "
                        + String.join(", ", principal.models().stream().sorted().toList()),
                "model");
    }

    public static Refusal notReady(String model) {
        return new Refusal(
                ErrorCode.NO_READY_REPLICA,
                "No replica of \""
                        + model
                        + "\" is ready; repeat the request in a few seconds, and see `deepseek status`"
                        + " if it stays so",
                "model");
    }

    /// What a key may not use it does not see.
    public static List<String> visible(EndpointSnapshot snapshot, Principal principal) {
        return snapshot.names().stream()
                .filter(name ->
                        snapshot.find(name)
                                .filter(model -> principal.mayUse(name, model.name()))
                                .isPresent())
                .toList();
    }

    private static String shown(String asked) {
        return asked.length() <= MAX_NAME_SHOWN ? asked : asked.substring(0, MAX_NAME_SHOWN) + "…";
    }

    private ModelRefusals() {}
}
