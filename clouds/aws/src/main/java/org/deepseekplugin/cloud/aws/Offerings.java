package org.deepseekplugin.cloud.aws;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTypeOfferingsResponse;
import software.amazon.awssdk.services.ec2.model.InstanceTypeOffering;
import software.amazon.awssdk.services.ec2.model.LocationType;

/// In which zones the account can have which types, as AWS says. The catalogue cannot know: the
/// letter of a zone means another place in each account.
/// https://docs.aws.amazon.com/ram/latest/userguide/working-with-az-ids.html. Asked once in a while
/// and region. Thread-safe.
final class Offerings {
    private static final Logger LOG = LoggerFactory.getLogger(Offerings.class);
    private static final Duration FRESH = Duration.ofHours(6);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(5);

    private final AwsCalls aws;
    private final Collection<String> types;
    private final InstantSource clock;
    private final Map<String, Known> byRegion = new ConcurrentHashMap<>();

    /// @param zones by type; empty if AWS could not be asked
    private record Known(Instant until, Optional<Map<String, List<String>>> zones) {}

    /// @param types those that are of interest
    Offerings(AwsCalls aws, Collection<String> types, InstantSource clock) {
        this.aws = aws;
        this.types = types;
        this.clock = clock;
    }

    /// Zones by type; empty if AWS cannot be asked, and the catalogue must do.
    Optional<Map<String, List<String>>> in(String region) {
        var known = byRegion.get(region);
        if (known == null || !clock.instant().isBefore(known.until())) {
            known = ask(region);
            byRegion.put(region, known);
        }
        return known.zones();
    }

    private Known ask(String region) {
        try {
            return new Known(clock.instant().plus(FRESH), Optional.of(all(region)));
        } catch (Exception e) {
            Interrupts.keep(e);
            LOG.atWarn()
                    .addKeyValue("region", region)
                    .addKeyValue("reason", e.toString())
                    .log("zones of instance types unknown, taking the catalogue's");
            return new Known(clock.instant().plus(AFTER_FAILURE), Optional.empty());
        }
    }

    private Map<String, List<String>> all(String region) throws Exception {
        var offerings = new ArrayList<InstanceTypeOffering>();
        @Nullable String next = null;
        do {
            var page = page(region, next);
            offerings.addAll(page.instanceTypeOfferings());
            next = page.nextToken();
        } while (next != null && !next.isEmpty());
        return offerings.stream()
                .collect(
                        groupingBy(
                                InstanceTypeOffering::instanceTypeAsString,
                                mapping(
                                        InstanceTypeOffering::location,
                                        collectingAndThen(
                                                toCollection(TreeSet::new), List::copyOf))));
    }

    private DescribeInstanceTypeOfferingsResponse page(String region, @Nullable String next)
            throws Exception {
        var wanted = Filters.of("instance-type", types);
        return aws.query(
                "DescribeInstanceTypeOfferings",
                region,
                ec2 ->
                        ec2.describeInstanceTypeOfferings(r ->
                                r.locationType(LocationType.AVAILABILITY_ZONE)
                                        .filters(wanted)
                                        .nextToken(next)));
    }
}
