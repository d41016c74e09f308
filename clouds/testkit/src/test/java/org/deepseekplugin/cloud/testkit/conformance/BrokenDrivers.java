package org.deepseekplugin.cloud.testkit.conformance;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.AllocationResult;
import org.deepseekplugin.cloud.spi.Capabilities;
import org.deepseekplugin.cloud.spi.CloudDriver;
import org.deepseekplugin.cloud.spi.CloudException;
import org.deepseekplugin.cloud.spi.CloudFailure;
import org.deepseekplugin.cloud.spi.CloudFailure.Kind;
import org.deepseekplugin.cloud.spi.FailureScope;
import org.deepseekplugin.cloud.spi.InstanceId;
import org.deepseekplugin.cloud.spi.InstanceListing;
import org.deepseekplugin.cloud.spi.Offer;
import org.deepseekplugin.cloud.spi.OfferQuery;
import org.deepseekplugin.cloud.spi.OwnerTag;
import org.deepseekplugin.cloud.spi.Termination;

/// Drivers with one mistake each, as they are made in practice.
enum BrokenDrivers {
    TAKES_A_FRESH_TOKEN_PER_CALL {
        @Override
        AllocationResult allocate(CloudDriver good, AllocationRequest request) {
            return good.allocate(
                    Requests.with(request, UUID.randomUUID().toString(), request.tags()));
        }
    },
    LEAVES_OUT_TAGS {
        @Override
        AllocationResult allocate(CloudDriver good, AllocationRequest request) {
            return good.allocate(Requests.with(request, request.token(), Map.of()));
        }
    },
    TAKES_A_LOST_ANSWER_FOR_A_REFUSAL {
        @Override
        AllocationResult allocate(CloudDriver good, AllocationRequest request) {
            var failure =
                    new CloudFailure(
                            Kind.UNAVAILABLE,
                            new FailureScope.OneRequest(),
                            "Timeout",
                            "no answer");
            return good.allocate(request) instanceof AllocationResult.Allocated made
                    ? made
                    : new AllocationResult.Refused(failure);
        }
    },
    RETRIES_WHEN_THROTTLED {
        @Override
        AllocationResult allocate(CloudDriver good, AllocationRequest request) {
            good.allocate(request);
            return good.allocate(request);
        }
    },
    BLAMES_THE_ACCOUNT {
        @Override
        AllocationResult allocate(CloudDriver good, AllocationRequest request) {
            return switch (good.allocate(request)) {
                case AllocationResult.Refused(var f) ->
                        new AllocationResult.Refused(
                                new CloudFailure(
                                        f.kind(),
                                        new FailureScope.Account(),
                                        f.code(),
                                        f.message()));
                case AllocationResult other -> other;
            };
        }
    },
    TAKES_A_BROKEN_LISTING_FOR_A_SHORTER_FLEET {
        @Override
        InstanceListing list(CloudDriver good, OwnerTag owner) {
            try {
                return good.list(owner);
            } catch (CloudException e) {
                return new InstanceListing(List.of(), Instant.EPOCH);
            }
        }
    },
    READS_ONE_PAGE {
        @Override
        InstanceListing list(CloudDriver good, OwnerTag owner) {
            var all = good.list(owner);
            return new InstanceListing(all.instances().stream().limit(1).toList(), all.startedAt());
        }
    },
    COMPLAINS_ABOUT_LOST_MACHINES {
        @Override
        Termination terminate(CloudDriver good, InstanceId id) {
            var failure =
                    new CloudFailure(
                            Kind.NOT_FOUND, new FailureScope.OneRequest(), "NotFound", "" + id);
            return good.terminate(id) instanceof Termination.AlreadyGone
                    ? new Termination.Refused(failure)
                    : new Termination.Accepted();
        }
    },
    FORGETS_THE_MARKET {
        @Override
        AllocationResult allocate(CloudDriver good, AllocationRequest request) {
            return good.allocate(Requests.onDemand(request));
        }
    };

    AllocationResult allocate(CloudDriver good, AllocationRequest request) {
        return good.allocate(request);
    }

    InstanceListing list(CloudDriver good, OwnerTag owner) {
        return good.list(owner);
    }

    Termination terminate(CloudDriver good, InstanceId id) {
        return good.terminate(id);
    }

    CloudDriver breaking(CloudDriver good) {
        return new CloudDriver() {
            @Override
            public Capabilities capabilities() {
                return good.capabilities();
            }

            @Override
            public List<Offer> offers(OfferQuery query) {
                return good.offers(query);
            }

            @Override
            public AllocationResult allocate(AllocationRequest request) {
                return BrokenDrivers.this.allocate(good, request);
            }

            @Override
            public InstanceListing list(OwnerTag owner) {
                return BrokenDrivers.this.list(good, owner);
            }

            @Override
            public Termination terminate(InstanceId id) {
                return BrokenDrivers.this.terminate(good, id);
            }

            @Override
            public void close() {
                good.close();
            }
        };
    }
}
