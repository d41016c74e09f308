package org.deepseekplugin.cloud.aws;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.AllocationResult;
import org.deepseekplugin.cloud.spi.Capabilities;
import org.deepseekplugin.cloud.spi.Capabilities.Feature;
import org.deepseekplugin.cloud.spi.Capabilities.TokenScope;
import org.deepseekplugin.cloud.spi.CloudDriver;
import org.deepseekplugin.cloud.spi.DriverContext;
import org.deepseekplugin.cloud.spi.InstanceId;
import org.deepseekplugin.cloud.spi.InstanceListing;
import org.deepseekplugin.cloud.spi.Offer;
import org.deepseekplugin.cloud.spi.OfferQuery;
import org.deepseekplugin.cloud.spi.OwnerTag;
import org.deepseekplugin.cloud.spi.Termination;

/// One AWS account in the configured regions. Keeps nothing that a restart would miss.
final class AwsDriver implements CloudDriver {
    /// EC2 promises no bound for its eventual consistency; seconds are usual, this is generous.
    /// https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html
    static final Duration LISTING_LAG = Duration.ofMinutes(2);

    private static final Capabilities CAPABILITIES =
            new Capabilities(
                    EnumSet.of(
                            Feature.LIST,
                            Feature.TERMINATE,
                            Feature.SPOT,
                            Feature.INTERRUPTION_NOTICE,
                            Feature.GANG),
                    TokenScope.ZONE,
                    LISTING_LAG);

    private final AwsClients clients;
    private final List<Offer> offers;
    private final Launcher launcher;
    private final Lister lister;
    private final Terminator terminator;

    AwsDriver(AwsConfig config, Catalogue catalogue, AwsClients clients, DriverContext context) {
        var calls = context.calls();
        var machines = new Machines(context.clock());
        var images = new Images(config, clients, calls);
        var groups = new PlacementGroups(clients, calls);
        var networks = new Networks(config, clients, calls);
        var orders = new LaunchOrders(config, images, networks, groups);
        this.clients = clients;
        this.offers = catalogue.offers(config.regions());
        this.launcher = new Launcher(clients, calls, machines, images, groups, orders);
        this.lister = new Lister(config, clients, calls, machines, context.clock());
        this.terminator = new Terminator(clients, calls);
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public List<Offer> offers(OfferQuery query) {
        return offers.stream().filter(query::accepts).toList();
    }

    @Override
    public AllocationResult allocate(AllocationRequest request) {
        return launcher.launch(request);
    }

    @Override
    public InstanceListing list(OwnerTag owner) {
        return lister.list(owner);
    }

    @Override
    public Termination terminate(InstanceId id) {
        return terminator.terminate(id);
    }

    @Override
    public void close() {
        clients.close();
    }
}
