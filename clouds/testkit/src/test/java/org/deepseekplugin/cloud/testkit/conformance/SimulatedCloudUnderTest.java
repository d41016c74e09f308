package org.deepseekplugin.cloud.testkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.deepseekplugin.cloud.spi.CloudDriver;
import org.deepseekplugin.cloud.spi.CloudFailure;
import org.deepseekplugin.cloud.spi.FailureScope;
import org.deepseekplugin.cloud.spi.Instance;
import org.deepseekplugin.cloud.spi.InstanceId;
import org.deepseekplugin.cloud.spi.Market;
import org.deepseekplugin.cloud.spi.ShellScript;
import org.deepseekplugin.cloud.testkit.Fault;
import org.deepseekplugin.cloud.testkit.SimulatedCloud;
import org.deepseekplugin.cloud.testkit.SimulationSettings;

/// A [SimulatedCloud] under test, through a driver that may be a broken one.
final class SimulatedCloudUnderTest implements CloudUnderTest {
    private static final Site SITE = new Site("west-1", "west-1a", "west-1b", "cpu.small");

    private final UnaryOperator<CloudDriver> driver;
    private SimulatedCloud cloud = fresh();

    SimulatedCloudUnderTest(UnaryOperator<CloudDriver> driver) {
        this.driver = driver;
    }

    @Override
    public CloudDriver connect() {
        return driver.apply(cloud);
    }

    @Override
    public Site site() {
        return SITE;
    }

    @Override
    public int pageSize() {
        return 1;
    }

    @Override
    public Map<Ability, String> lacks() {
        return new EnumMap<>(
                Map.of(Ability.LAG, "its lag is fixed when it is made; SimulatedCloudTest has it"));
    }

    @Override
    public void reset() {
        cloud = fresh();
    }

    /// A listing is one call here, so nothing passes first.
    @Override
    public void refuse(Operation operation, CloudFailure.Kind kind, int after, int times) {
        var fault = new Fault.Refuse(new CloudFailure(kind, scope(kind), "Refused", "no"));
        for (int i = 0; i < (times < 0 ? 3 : times); i++) {
            cloud.next(action(operation), fault);
        }
    }

    @Override
    public void disturb(Operation operation, Disturbance how, int after) {
        if (how != Disturbance.DUPLICATE) {
            cloud.next(action(operation), new Fault.LoseAnswer());
        }
    }

    /// Scripted faults are used up by the calls they were meant for.
    @Override
    public void heal() {}

    @Override
    public void lag(Duration by) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void capacity(String zone, String instanceType, int machines) {
        cloud.setCapacity(zone, instanceType, machines);
    }

    @Override
    public void kill(InstanceId id) {
        cloud.vanish(id);
    }

    @Override
    public byte[] userData(InstanceId id) {
        var launch =
                cloud.book().launches().stream()
                        .filter(one -> one.machine().equals(id))
                        .findFirst();
        return launch.map(one -> ShellScript.of(one.request().bootstrap()))
                .orElseThrow()
                .getBytes(UTF_8);
    }

    @Override
    public List<TrueMachine> truth() {
        var book = cloud.book();
        var live = book.live().stream().map(Instance::id).collect(Collectors.toSet());
        return book.launches().stream()
                .map(launch ->
                        new TrueMachine(
                                launch.machine(),
                                launch.request().token(),
                                live.contains(launch.machine())))
                .toList();
    }

    @Override
    public int calls(Operation operation) {
        return cloud.calls(action(operation));
    }

    @Override
    public void close() {}

    private static SimulatedCloud fresh() {
        return new SimulatedCloud(
                SimulationSettings.small("sim").withListingLag(Duration.ZERO),
                Clock.systemUTC(),
                new Random(1));
    }

    private static SimulatedCloud.Action action(Operation operation) {
        return SimulatedCloud.Action.valueOf(operation.name());
    }

    private static FailureScope scope(CloudFailure.Kind kind) {
        return switch (kind) {
            case CAPACITY -> new FailureScope.TypeInZone(SITE.instanceType(), SITE.zone());
            case QUOTA -> new FailureScope.FamilyInRegion("cpu", SITE.region(), Market.ON_DEMAND);
            case AUTH, BILLING, THROTTLED, UNAVAILABLE -> new FailureScope.Account();
            case INVALID, NOT_FOUND -> new FailureScope.OneRequest();
        };
    }
}
