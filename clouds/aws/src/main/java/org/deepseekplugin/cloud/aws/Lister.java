package org.deepseekplugin.cloud.aws;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import org.deepseekplugin.cloud.spi.CloudException;
import org.deepseekplugin.cloud.spi.Instance;
import org.deepseekplugin.cloud.spi.InstanceListing;
import org.deepseekplugin.cloud.spi.OwnerTag;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;

/// Lists an owner's machines, every page of every region, or throws.
final class Lister {
    private final AwsConfig config;
    private final AwsCalls aws;
    private final Machines machines;
    private final Endings endings;
    private final InstantSource clock;

    Lister(
            AwsConfig config,
            AwsCalls aws,
            Machines machines,
            Endings endings,
            InstantSource clock) {
        this.config = config;
        this.aws = aws;
        this.machines = machines;
        this.endings = endings;
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
        var found = new LinkedHashMap<String, software.amazon.awssdk.services.ec2.model.Instance>();
        @Nullable String next = null;
        do {
            var page = page(region, owner, next);
            for (var reservation : page.reservations()) {
                reservation.instances().forEach(one -> found.put(one.instanceId(), one));
            }
            if (page.nextToken() != null && page.nextToken().equals(next)) {
                throw new IllegalStateException("page after " + next + " leads to itself");
            }
            next = page.nextToken();
        } while (next != null && !next.isEmpty());
        endings.report(region, found.values());
        return found.values().stream().map(machine -> machines.of(region, machine)).toList();
    }

    private DescribeInstancesResponse page(String region, OwnerTag owner, @Nullable String next)
            throws Exception {
        var request =
                DescribeInstancesRequest.builder()
                        .filters(Filters.owner(owner))
                        .maxResults(config.pageSize())
                        .nextToken(next)
                        .build();
        return aws.query("DescribeInstances", region, ec2 -> ec2.describeInstances(request));
    }
}
