package org.deepseekplugin.cli.commands;

import org.deepseekplugin.cli.output.Cell;
import org.deepseekplugin.cli.output.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "usage",
        description = "Requests and tokens by day, key and model.",
        mixinStandardHelpOptions = true)
public final class UsageCommand implements Runnable {
    @Mixin private Session session = new Session();

    @Override
    public void run() {
        var usage = session.control().get("/usage");
        if (session.isJson()) {
            session.json(usage);
            return;
        }
        var table = new Table("DAY", "KEY", "MODEL", "REQUESTS", "PROMPT", "COMPLETION");
        for (var line : usage.path("usage")) {
            table.row(
                    Cell.text(line, "day"),
                    Cell.text(line, "key"),
                    Cell.text(line, "model"),
                    Cell.text(line, "requests"),
                    Cell.text(line, "prompt_tokens"),
                    Cell.text(line, "completion_tokens"));
        }
        table.print(session.out(), "Nothing was used yet.");
    }
}
