package org.deepseekplugin.cloud.aws;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deepseekplugin.cloud.spi.CloudCalls;
import org.deepseekplugin.cloud.spi.CloudException;
import org.deepseekplugin.cloud.spi.Instance;
import org.deepseekplugin.cloud.spi.InstanceId;
import org.deepseekplugin.cloud.spi.InstanceListing;
import org.deepseekplugin.cloud.spi.OwnerTag;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;

/// Lists an owner's machines, every page of every region, or throws.
final class Lister {
    private final AwsConfig config;
    private final AwsClients clients;
    private final CloudCalls calls;
    private final Machines machines;
    private final InstantSource clock;

    Lister(
            AwsConfig config,
            AwsClients clients,
            CloudCalls calls,
            Machines machines,
            InstantSource clock) {
        this.config = config;
        this.clients = clients;
        this.calls = calls;
        this.machines = machines;
        this.clock = clock;
    }

    InstanceListing list(OwnerTag owner) {
        var startedAt = clock.instant();
        var all = new ArrayList<Instance>();
        for (var region : config.regions()) {
            try {
                all.addAll(list(region, owner));
            } catch (Exception e) {
                Interrupts.keep(e);
                throw new CloudException(
                        CallFailure.failure(CallFailure.of(e, Target.of(region))), e);
            }
        }
        return new InstanceListing(all, startedAt);
    }

    /// A machine that moves between pages while they are read counts once.
    private Collection<Instance> list(String region, OwnerTag owner) throws Exception {
        Map<InstanceId, Instance> found = new LinkedHashMap<>();
        @Nullable String next = null;
        do {
            var page = page(region, owner, next);
            for (var reservation : page.reservations()) {
                for (var machine : reservation.instances()) {
                    var instance = machines.of(region, machine);
                    found.put(instance.id(), instance);
                }
            }
            if (page.nextToken() != null && page.nextToken().equals(next)) {
                throw new IllegalStateException("page after " + next + " leads to itself");
            }
            next = page.nextToken();
        } while (next != null && !next.isEmpty());
        return found.values();
    }

    private DescribeInstancesResponse page(String region, OwnerTag owner, @Nullable String next)
            throws Exception {
        var request =
                DescribeInstancesRequest.builder()
                        .filters(Filters.owner(owner))
                        .maxResults(config.pageSize())
                        .nextToken(next)
                        .build();
        return calls.around(
                "DescribeInstances",
                region,
                () -> clients.in(region).query().describeInstances(request));
    }
}
