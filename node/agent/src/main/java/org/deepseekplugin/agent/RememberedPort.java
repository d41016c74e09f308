package org.deepseekplugin.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import org.deepseekplugin.agent.data.DataPlane;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The data port of the run before, so that the gateway finds the node again at once.
record RememberedPort(Path file) {
    private static final Logger log = LoggerFactory.getLogger(RememberedPort.class);

    /// On the remembered port if it is still free, else on any.
    DataPlane listen(IntFunction<DataPlane> listener) throws IOException {
        var dataPlane = Files.exists(file) ? again(listener) : listener.apply(0);
        Files.writeString(file, Integer.toString(dataPlane.port()));
        return dataPlane;
    }

    private DataPlane again(IntFunction<DataPlane> listener) throws IOException {
        try {
            return listener.apply(Integer.parseInt(Files.readString(file).strip()));
        } catch (RuntimeException e) {
            log.atInfo().addKeyValue("reason", e.getMessage()).log("old data port not to be had");
            return listener.apply(0);
        }
    }
}
