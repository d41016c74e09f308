package org.deepseekplugin.cli.commands;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deepseekplugin.cli.client.Query;
import org.deepseekplugin.cli.output.Cell;
import org.deepseekplugin.cli.output.Table;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "offers",
        description = "What could be rented, cheapest first.",
        mixinStandardHelpOptions = true)
public final class OffersCommand implements Runnable {
    @Mixin private Session session = new Session();

    @Option(names = "--cloud", paramLabel = "NAME", description = "Of this cloud only.")
    private @Nullable String cloud;

    @Option(names = "--region", paramLabel = "NAME", description = "In this region only.")
    private @Nullable String region;

    @Option(names = "--zone", paramLabel = "NAME", description = "In this zone only.")
    private @Nullable String zone;

    @Option(names = "--instance-type", paramLabel = "TYPE", description = "Of this type only.")
    private @Nullable String instanceType;

    @Option(names = "--market", paramLabel = "MARKET", description = "on_demand or spot")
    private @Nullable String market;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Override
    public void run() {
        var offers = session.control().get("/offers" + Query.of(filter()));
        if (session.isJson()) {
            session.json(offers);
            return;
        }
        var table =
                new Table(
                        "CLOUD",
                        "ZONE",
                        "TYPE",
                        "MARKET",
                        "PER HOUR",
                        "VCPUS",
                        "GIB",
                        "ACCELERATORS");
        for (var offer : offers.path("offers")) {
            table.row(
                    Cell.text(offer, "cloud"),
                    Cell.text(offer, "zone"),
                    Cell.text(offer, "instance_type"),
                    Cell.text(offer, "market"),
                    Cell.price(offer),
                    Cell.text(offer, "vcpus"),
                    Long.toString(offer.path("memory_mib").asLong(0) / 1024),
                    Cell.accelerators(offer));
        }
        table.print(session.out(), "Nothing is offered that fits.");
    }

    private Map<String, @Nullable String> filter() {
        var filter = new LinkedHashMap<String, @Nullable String>();
        filter.put("cloud", cloud);
        filter.put("region", region);
        filter.put("zone", zone);
        filter.put("instance_type", instanceType);
        filter.put("market", market == null ? null : market.replace('-', '_'));
        filter.put("limit", Integer.toString(limit));
        return filter;
    }
}
