package org.deepseekplugin.cli.commands;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.deepseekplugin.cli.client.Query;
import org.deepseekplugin.cli.output.Cell;
import org.deepseekplugin.cli.output.Table;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.Nearest;
import org.deepseekplugin.platform.errors.PlatformException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "keys",
        description = "API keys: list, create, revoke.",
        mixinStandardHelpOptions = true,
        subcommands = {KeysCommand.Create.class, KeysCommand.Revoke.class})
public final class KeysCommand implements Runnable {
    @Mixin private Session session = new Session();

    @Override
    public void run() {
        var keys = session.control().get("/keys");
        if (session.isJson()) {
            session.json(keys);
            return;
        }
        var table = new Table("ID", "NAME", "ROLE", "MODELS", "KEY", "AGE", "STATE");
        for (var key : keys.path("keys")) {
            table.row(
                    Cell.text(key, "id"),
                    Cell.text(key, "name"),
                    Cell.text(key, "role"),
                    models(key),
                    Cell.text(key, "hint"),
                    Cell.age(key, "created_at", Instant.now()),
                    state(key));
        }
        table.print(session.out(), "There is no key.");
    }

    private static String models(JsonNode key) {
        var models = new ArrayList<String>();
        key.path("models").valueStream().forEach(model -> models.add(model.asString("")));
        return models.isEmpty() ? "all" : String.join(",", models);
    }

    private static String state(JsonNode key) {
        if (key.hasNonNull("revoked_at")) {
            return "revoked";
        }
        return key.hasNonNull("expires_at") ? "until " + Cell.time(key, "expires_at") : "valid";
    }

    @Command(
            name = "create",
            description = "Make a key; it is shown this once.",
            mixinStandardHelpOptions = true)
    static final class Create implements Runnable {
        @Mixin private Session session = new Session();

        @Parameters(paramLabel = "NAME")
        private String name = "";

        @Option(
                names = "--role",
                paramLabel = "ROLE",
                defaultValue = "inference",
                description = "inference, viewer, operator or admin (default: ${DEFAULT-VALUE}).")
        private String role = "";

        @Option(
                names = "--model",
                paramLabel = "NAME",
                description = "Only this model; may be repeated.")
        private List<String> models = List.of();

        @Option(names = "--expires-in", paramLabel = "SPAN", description = "Such as 30d.")
        private @Nullable String expiresIn;

        @Override
        public void run() {
            var request = new LinkedHashMap<String, Object>();
            request.put("name", name);
            request.put("role", role);
            request.put("models", models);
            if (expiresIn != null) {
                request.put("expires_in", expiresIn);
            }
            var created = session.control().post("/keys", request);
            if (session.isJson()) {
                session.json(created);
            } else {
                session.out().println(Cell.text(created, "key"));
                session.err().println("Keep it: it is not shown again.");
            }
        }
    }

    @Command(name = "revoke", description = "End a key at once.", mixinStandardHelpOptions = true)
    static final class Revoke implements Runnable {
        @Mixin private Session session = new Session();

        @Parameters(paramLabel = "ID")
        private String id = "";

        @Override
        public void run() {
            var control = session.control();
            var key = found(control.get("/keys").path("keys"));
            if (key.hasNonNull("revoked_at")) {
                session.out()
                        .println(
                                id
                                        + " was revoked already, at "
                                        + Cell.time(key, "revoked_at")
                                        + ".");
                return;
            }
            control.delete("/keys/" + Query.segment(id));
            session.out().println(id + " is revoked.");
        }

        private JsonNode found(JsonNode keys) {
            return keys.valueStream()
                    .filter(key -> Cell.text(key, "id").equals(id))
                    .findFirst()
                    .orElseThrow(() -> unknown(keys));
        }

        /// Who types a name instead of an id is told the ids.
        private PlatformException unknown(JsonNode keys) {
            var named =
                    keys.valueStream()
                            .filter(key -> Cell.text(key, "name").equals(id))
                            .map(key -> Cell.text(key, "id"))
                            .toList();
            var ids = keys.valueStream().map(key -> Cell.text(key, "id")).toList();
            return new PlatformException(
                    ErrorCode.NOT_FOUND,
                    "There is no key with the id \"%s\"; `deepseek keys` lists them.%s"
                            .formatted(
                                    id,
                                    named.isEmpty()
                                            ? Nearest.hint(id, ids)
                                            : " Of that name there is "
                                                    + String.join(", ", named)
                                                    + "."));
        }
    }
}
