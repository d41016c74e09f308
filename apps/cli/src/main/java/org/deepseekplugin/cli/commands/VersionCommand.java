package org.deepseekplugin.cli.commands;

import org.deepseekplugin.cli.output.Cell;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.json.Json;
import org.deepseekplugin.platform.version.ProductVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "version",
        description = "Versions of this program and of the server.",
        mixinStandardHelpOptions = true)
public final class VersionCommand implements Runnable {
    @Mixin private Session session = new Session();

    @Override
    public void run() {
        var both = Json.mapper().createObjectNode().put("client", ProductVersion.current());
        try {
            both.set("server", session.control().get("/version"));
        } catch (PlatformException e) {
            both.put("server_error", e.sentence());
        }
        if (session.isJson()) {
            session.json(both);
            return;
        }
        session.out().println("client  " + ProductVersion.current());
        session.out()
                .println(
                        "server  "
                                + (both.has("server")
                                        ? Cell.text(both.path("server"), "version")
                                        : Cell.text(both, "server_error")));
    }
}
