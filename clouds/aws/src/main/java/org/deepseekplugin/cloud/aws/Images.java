package org.deepseekplugin.cloud.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.CloudCalls;
import org.deepseekplugin.cloud.spi.InstanceTags;
import software.amazon.awssdk.services.ec2.model.Instance;

/// The image that machines start from: configured, or the newest that AWS publishes under a
/// parameter's name, read once per driver. Thread-safe.
final class Images {
    private final AwsConfig config;
    private final AwsClients clients;
    private final CloudCalls calls;
    private final Map<String, String> newest = new ConcurrentHashMap<>();

    Images(AwsConfig config, AwsClients clients, CloudCalls calls) {
        this.config = config;
        this.clients = clients;
        this.calls = calls;
    }

    String in(String region) throws Exception {
        var configured = config.images().get(region);
        if (configured != null) {
            return configured;
        }
        var known = newest.get(region);
        if (known != null) {
            return known;
        }
        var answer =
                calls.around(
                        "GetParameter",
                        region,
                        () ->
                                clients.in(region)
                                        .parameters()
                                        .getParameter(r -> r.name(config.imageParameter())));
        newest.put(region, answer.parameter().value());
        return answer.parameter().value();
    }

    /// The image that the token's machine was made from. AWS may publish a newer one between a
    /// launch whose answer was lost and its repetition after a restart; the repetition must name
    /// the old one.
    Optional<String> ofToken(AllocationRequest request) throws Exception {
        var filters =
                List.of(
                        Filters.owner(request.owner()),
                        Filters.of("tag:" + InstanceTags.TOKEN, request.token()),
                        Filters.of("availability-zone", request.zone()));
        var answer =
                calls.around(
                        "DescribeInstances",
                        request.region(),
                        () ->
                                clients.in(request.region())
                                        .query()
                                        .describeInstances(r -> r.filters(filters)));
        return answer.reservations().stream()
                .flatMap(reservation -> reservation.instances().stream())
                .map(Instance::imageId)
                .findFirst();
    }
}
