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

    private final AwsCalls aws;
    private final AwsConfig config;
    private final Catalogue catalogue;
    private final Offerings offerings;
    private final Launcher launcher;
    private final Lister lister;
    private final Terminator terminator;

    AwsDriver(AwsConfig config, Catalogue catalogue, AwsClients clients, DriverContext context) {
        var clock = context.clock();
        var machines = new Machines(clock);
        this.aws = new AwsCalls(clients, context.calls());
        this.config = config;
        this.catalogue = catalogue;
        this.offerings = new Offerings(aws, catalogue.types(), clock);
        var groups = new PlacementGroups(aws);
        var orders =
                new LaunchOrders(
                        config,
                        new Images(config, aws),
                        new Networks(config, aws),
                        new Fabrics(config, aws),
                        groups);
        this.launcher = new Launcher(aws, machines, groups, orders);
        this.lister = new Lister(config, aws, machines, new Endings(context.events()), clock);
        this.terminator = new Terminator(aws);
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public List<Offer> offers(OfferQuery query) {
        return config.regions().stream()
                .filter(region -> query.region().map(region::equals).orElse(true))
                .flatMap(region -> catalogue.offers(region, offerings.in(region)).stream())
                .filter(query::accepts)
                .toList();
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
        aws.close();
    }
}
