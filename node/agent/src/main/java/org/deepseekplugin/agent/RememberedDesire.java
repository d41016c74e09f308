package org.deepseekplugin.agent;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.protocol.MalformedMessage;
import org.deepseekplugin.protocol.ServerMessage.Desired;
import org.deepseekplugin.protocol.Wire;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the node was last told to run: a node that boots while the control plane is away serves all
/// the same.
record RememberedDesire(Path file) {
    private static final Logger log = LoggerFactory.getLogger(RememberedDesire.class);

    Optional<Desired> load() {
        try {
            return Files.exists(file)
                    ? Optional.of(Wire.decode(Desired.class, Json.map(Files.readAllBytes(file))))
                    : Optional.empty();
        } catch (IOException | PlatformException | MalformedMessage e) {
            log.atWarn().setCause(e).log("cannot read what to run, waiting for the control plane");
            return Optional.empty();
        }
    }

    void save(Desired desired) {
        try {
            var fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.write(fresh, Json.bytes(Wire.encode(desired)));
            Files.move(fresh, file, ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remember what to run", e);
        }
    }
}
