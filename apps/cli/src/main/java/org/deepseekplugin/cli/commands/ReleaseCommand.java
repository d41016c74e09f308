package org.deepseekplugin.cli.commands;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.deepseekplugin.cli.client.ControlClient;
import org.deepseekplugin.cli.client.Query;
import org.deepseekplugin.cli.output.Cell;
import org.deepseekplugin.platform.errors.Nearest;
import org.deepseekplugin.platform.errors.PlatformException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "release",
        description = {
            "Give resources or services back, with their machines.",
            "Each name is tried; the exit code is 1 if any could not be given back."
        },
        mixinStandardHelpOptions = true)
public final class ReleaseCommand implements Callable<Integer> {
    private static final String RELEASED = "service.deleting";

    @Mixin private Session session = new Session();

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "Ids or names.")
    private List<String> names = List.of();

    @Override
    public Integer call() {
        var control = session.control();
        var wanted = Wanted.of(control);
        boolean all = true;
        for (String name : new LinkedHashSet<>(names)) {
            all &= release(control, wanted, name);
        }
        return all ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /// @return whether it is not wanted any more
    private boolean release(ControlClient control, Wanted wanted, String name) {
        var found = wanted.find(name);
        if (found.isEmpty()) {
            return gone(control, wanted, name);
        }
        if (found.get().state().equals("deleting")) {
            session.out().println(name + " is being given back already.");
            return true;
        }
        try {
            control.delete(found.get().path());
            session.out().println(name + " is given back.");
            return true;
        } catch (PlatformException e) {
            session.err().println(name + ": " + e.sentence());
            return false;
        }
    }

    private boolean gone(ControlClient control, Wanted wanted, String name) {
        var earlier = released(control.get("/events" + Query.of("limit", "1000")), name);
        if (earlier.isPresent()) {
            session.out()
                    .println(
                            name
                                    + " was given back already, at "
                                    + Cell.time(earlier.get(), "at")
                                    + ".");
            return true;
        }
        session.err()
                .println(
                        "There is no service or resource \"%s\"; `deepseek services` lists them.%s"
                                .formatted(name, Nearest.hint(name, wanted.names())));
        return false;
    }

    private static Optional<JsonNode> released(JsonNode events, String name) {
        return events.path("events")
                .valueStream()
                .filter(event -> Cell.text(event, "kind").equals(RELEASED))
                .filter(event ->
                        Cell.text(event, "subject").equals(name)
                                || Cell.text(event, "message").equals(name))
                .reduce((older, newer) -> newer);
    }
}
