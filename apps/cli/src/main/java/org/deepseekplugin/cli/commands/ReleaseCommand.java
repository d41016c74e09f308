package org.deepseekplugin.cli.commands;

import java.util.List;
import java.util.stream.Stream;
import org.deepseekplugin.cli.client.ControlClient;
import org.deepseekplugin.cli.client.Query;
import org.deepseekplugin.cli.output.Cell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "release",
        description = "Give resources or services back, with their machines.",
        mixinStandardHelpOptions = true)
public final class ReleaseCommand implements Runnable {
    @Mixin private Session session = new Session();

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "Ids or names.")
    private List<String> names = List.of();

    @Override
    public void run() {
        var control = session.control();
        var services = control.get("/services").path("services");
        for (String name : names) {
            release(control, services, name);
            session.out().println(name + " is given back.");
        }
    }

    private static void release(ControlClient control, JsonNode services, String name) {
        boolean isService =
                services.valueStream()
                        .flatMap(s -> Stream.of(Cell.text(s, "name"), Cell.text(s, "id")))
                        .anyMatch(name::equals);
        control.delete((isService ? "/services/" : "/resources/") + Query.segment(name));
    }
}
