package org.deepseekplugin.emulator.control;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import org.deepseekplugin.emulator.wire.MetadataApi;
import org.deepseekplugin.emulator.wire.WireAnswer;
import org.deepseekplugin.emulator.wire.WireApi;
import org.deepseekplugin.emulator.wire.WireRequest;

/// The emulator's own listener: `/control/<secret>/…` for its owner, `/metadata/<cloud>/<id>/…` for
/// its machines.
public final class HouseApi implements WireApi {
    private final ControlApi control;
    private final String secret;
    private final Map<String, MetadataApi> metadata;

    /// @param metadata by cloud
    public HouseApi(Control control, String secret, Map<String, MetadataApi> metadata) {
        this.control = new ControlApi(control);
        this.secret = secret;
        this.metadata = Map.copyOf(metadata);
    }

    @Override
    public WireAnswer answer(WireRequest request) {
        var parts = request.path().split("/", 5);
        if (parts.length >= 4 && parts[1].equals("control") && isSecret(parts[2])) {
            var rest = parts.length == 5 ? parts[3] + "/" + parts[4] : parts[3];
            return control.answer(rest, request);
        }
        if (parts.length == 5 && parts[1].equals("metadata")) {
            var service = metadata.get(parts[2]);
            if (service != null) {
                return service.answer(parts[3], parts[4], request);
            }
        }
        return WireAnswer.text(404, "nothing is here\n");
    }

    private boolean isSecret(String shown) {
        return MessageDigest.isEqual(
                shown.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
    }
}
