package org.deepseekplugin.cli.commands;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deepseekplugin.cli.client.ControlClient;
import org.deepseekplugin.cli.client.Query;
import org.deepseekplugin.cli.output.Table;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "offers",
        description =
                "What could be rented, cheapest first: a line for each machine type and region.",
        mixinStandardHelpOptions = true)
public final class OffersCommand implements Runnable {
    private static final String ALL = "10000";

    @Mixin private Session session = new Session();

    @Option(names = "--cloud", paramLabel = "NAME", description = "Only of this cloud: aws.")
    private @Nullable String cloud;

    @Option(
            names = "--region",
            paramLabel = "NAME",
            description = "Only in this region, such as us-west-2.")
    private @Nullable String region;

    @Option(
            names = "--zone",
            paramLabel = "NAME",
            description = "Only in this zone, such as us-west-2a.")
    private @Nullable String zone;

    @Option(
            names = "--instance-type",
            paramLabel = "TYPE",
            description = "Only this machine type, such as g5.xlarge.")
    private @Nullable String instanceType;

    @Option(
            names = "--market",
            paramLabel = "MARKET",
            description = "on-demand, or spot: cheaper, but it may be taken away.")
    private @Nullable String market;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Override
    public void run() {
        var control = session.control();
        if (session.isJson()) {
            session.json(control.get("/offers" + Query.of(filter(Integer.toString(limit)))));
            return;
        }
        var lines = OfferLine.fold(control.get("/offers" + Query.of(filter(ALL))).path("offers"));
        if (lines.isEmpty()) {
            throw nothing(control);
        }
        var table =
                new Table(
                        "CLOUD",
                        "REGION",
                        "TYPE",
                        "ON DEMAND/H",
                        "SPOT/H",
                        "VCPUS",
                        "GIB",
                        "ACCELERATORS",
                        "ZONES");
        lines.stream().limit(limit).forEach(line -> table.row(line.cells()));
        table.print(session.out(), "");
        session.out()
                .println(
                        "%d of %d%s; ~ is an estimate"
                                .formatted(
                                        table.size(),
                                        lines.size(),
                                        table.size() < lines.size()
                                                ? " (--limit shows more)"
                                                : ""));
    }

    private RuntimeException nothing(ControlClient control) {
        var asked = filter(ALL);
        var everything = control.get("/offers" + Query.of("limit", ALL)).path("offers");
        asked.remove("limit");
        return NothingOffered.of(asked, everything);
    }

    private Map<String, @Nullable String> filter(String most) {
        var filter = new LinkedHashMap<String, @Nullable String>();
        filter.put("cloud", cloud);
        filter.put("region", region);
        filter.put("zone", zone);
        filter.put("instance_type", instanceType);
        filter.put("market", market == null ? null : market.replace('-', '_'));
        filter.put("limit", most);
        return filter;
    }
}
