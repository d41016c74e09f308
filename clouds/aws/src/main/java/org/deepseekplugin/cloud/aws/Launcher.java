package org.deepseekplugin.cloud.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.deepseekplugin.cloud.spi.CloudFailure.Kind.CAPACITY;
import static org.deepseekplugin.cloud.spi.CloudFailure.Kind.INVALID;

import java.util.Base64;
import java.util.Optional;
import org.deepseekplugin.cloud.aws.FailureTable.Reach;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.AllocationResult;
import org.deepseekplugin.cloud.spi.CloudCalls;
import org.deepseekplugin.cloud.spi.CloudException;
import org.deepseekplugin.cloud.spi.CloudFailure;
import org.deepseekplugin.cloud.spi.Cohesion;
import org.deepseekplugin.cloud.spi.InstanceTags;
import org.deepseekplugin.cloud.spi.Market;
import org.deepseekplugin.cloud.spi.ShellScript;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.InstanceInterruptionBehavior;
import software.amazon.awssdk.services.ec2.model.InstanceMarketOptionsRequest;
import software.amazon.awssdk.services.ec2.model.MarketType;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import software.amazon.awssdk.services.ec2.model.ShutdownBehavior;
import software.amazon.awssdk.services.ec2.model.SpotInstanceType;

/// Launches machines by RunInstances.
///
/// EC2's own `MinCount` is the request's minimum: it makes that many or none, so a crash never
/// leaves half a gang. An answer with fewer is still understood, as partial. Everything in the call
/// follows from the request and the configuration, because EC2 refuses a known token that comes
/// with anything else.
final class Launcher {
    private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);

    /// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html: before base64.
    private static final int MOST_USER_DATA_BYTES = 16 * 1024;

    private final AwsClients clients;
    private final CloudCalls calls;
    private final Machines machines;
    private final Images images;
    private final Networks networks;
    private final PlacementGroups groups;
    private final AwsConfig config;

    Launcher(
            AwsClients clients,
            CloudCalls calls,
            Machines machines,
            Images images,
            Networks networks,
            PlacementGroups groups,
            AwsConfig config) {
        this.clients = clients;
        this.calls = calls;
        this.machines = machines;
        this.images = images;
        this.networks = networks;
        this.groups = groups;
        this.config = config;
    }

    AllocationResult launch(AllocationRequest request) {
        RunInstancesRequest run;
        try {
            run = prepare(request);
        } catch (Exception e) {
            Interrupts.keep(e);
            var why = CallFailure.of(e, Target.of(request));
            return new AllocationResult.Refused(CallFailure.failure(why));
        }
        var result = ask(request, run, true);
        if (run.placement().groupName() != null) {
            groups.launched(run.placement().groupName());
        }
        return result;
    }

    /// @param again whether a second try is left
    private AllocationResult ask(
            AllocationRequest request, RunInstancesRequest run, boolean again) {
        try {
            var answer =
                    calls.around(
                            "RunInstances",
                            request.region(),
                            () -> clients.in(request.region()).launch().runInstances(run));
            return result(request, answer);
        } catch (Exception e) {
            Interrupts.keep(e);
            var why = CallFailure.of(e, Target.of(request));
            if (again && !Thread.currentThread().isInterrupted()) {
                return secondTry(request, run, why);
            }
            return result(why);
        }
    }

    /// The same token makes it the same launch.
    private AllocationResult secondTry(
            AllocationRequest request, RunInstancesRequest run, CallFailure why) {
        return switch (why) {
            case CallFailure.Lost(var reason, var brokenOff) when brokenOff -> {
                LOG.atInfo()
                        .addKeyValue("token", request.token())
                        .addKeyValue("reason", reason)
                        .log("answer to RunInstances lost, asking again");
                yield ask(request, run, false);
            }
            case CallFailure.Refused(var failure)
                    when failure.code().equals("IdempotentParameterMismatch") ->
                    firstImage(request)
                            .filter(image -> !image.equals(run.imageId()))
                            .map(image -> run.toBuilder().imageId(image).build())
                            .map(asBefore -> ask(request, asBefore, false))
                            .orElseGet(() -> result(why));
            default -> result(why);
        };
    }

    private Optional<String> firstImage(AllocationRequest request) {
        try {
            return images.ofToken(request);
        } catch (Exception e) {
            Interrupts.keep(e);
            LOG.atWarn().addKeyValue("token", request.token()).setCause(e).log("image not found");
            return Optional.empty();
        }
    }

    private AllocationResult result(AllocationRequest request, RunInstancesResponse answer) {
        var made =
                answer.instances().stream()
                        .map(machine -> machines.of(request.region(), machine))
                        .toList();
        if (made.isEmpty()) {
            return new AllocationResult.Unknown("the answer names no machine");
        }
        return made.size() < request.min()
                ? new AllocationResult.Partial(made, shortage(request, made.size()))
                : new AllocationResult.Allocated(made);
    }

    private static AllocationResult result(CallFailure why) {
        return switch (why) {
            case CallFailure.Refused(var failure) -> new AllocationResult.Refused(failure);
            case CallFailure.Lost(var reason, _) -> new AllocationResult.Unknown(reason);
        };
    }

    private RunInstancesRequest prepare(AllocationRequest request) throws Exception {
        var tags = InstanceTags.of(request);
        var userData = userData(request);
        var run =
                RunInstancesRequest.builder()
                        .clientToken(request.token())
                        .minCount(request.min())
                        .maxCount(request.max())
                        .instanceType(request.instanceType())
                        .userData(userData)
                        .imageId(images.in(request.region()))
                        .instanceInitiatedShutdownBehavior(ShutdownBehavior.TERMINATE)
                        .metadataOptions(m -> m.httpTokens(HttpTokensState.REQUIRED))
                        .tagSpecifications(
                                Tags.of(ResourceType.INSTANCE, tags),
                                Tags.of(ResourceType.VOLUME, tags));
        if (request.market() == Market.SPOT) {
            run.instanceMarketOptions(oneTimeSpot());
        }
        networks.subnet(request).ifPresent(run::subnetId);
        var securityGroups = networks.securityGroups(request.region());
        if (!securityGroups.isEmpty()) {
            run.securityGroupIds(securityGroups);
        }
        config.keyName().ifPresent(run::keyName);
        config.instanceProfile().ifPresent(name -> run.iamInstanceProfile(p -> p.name(name)));
        var group =
                request.cohesion() == Cohesion.FABRIC
                        ? Optional.of(groups.make(request))
                        : Optional.<String>empty();
        run.placement(p -> {
            p.availabilityZone(request.zone());
            group.ifPresent(p::groupName);
        });
        return run.build();
    }

    private static InstanceMarketOptionsRequest oneTimeSpot() {
        return InstanceMarketOptionsRequest.builder()
                .marketType(MarketType.SPOT)
                .spotOptions(spot ->
                        spot.spotInstanceType(SpotInstanceType.ONE_TIME)
                                .instanceInterruptionBehavior(
                                        InstanceInterruptionBehavior.TERMINATE))
                .build();
    }

    private static String userData(AllocationRequest request) {
        var script = ShellScript.of(request.bootstrap()).getBytes(UTF_8);
        if (script.length > MOST_USER_DATA_BYTES) {
            throw new CloudException(tooLong(script.length), null);
        }
        return Base64.getEncoder().encodeToString(script);
    }

    private static CloudFailure tooLong(int bytes) {
        return new CloudFailure(
                INVALID,
                new Target("", Optional.empty()).scope(Reach.ONE_REQUEST),
                "UserDataTooLong",
                "the bootstrap has %,d bytes; EC2 takes at most %,d"
                        .formatted(bytes, MOST_USER_DATA_BYTES));
    }

    private static CloudFailure shortage(AllocationRequest request, int made) {
        return new CloudFailure(
                CAPACITY,
                Target.of(request).scope(Reach.TYPE_IN_ZONE),
                "InsufficientInstanceCapacity",
                "EC2 made %d of at least %d".formatted(made, request.min()));
    }
}
