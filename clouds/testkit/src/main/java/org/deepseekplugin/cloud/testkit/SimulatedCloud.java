package org.deepseekplugin.cloud.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.AllocationResult;
import org.deepseekplugin.cloud.spi.Capabilities;
import org.deepseekplugin.cloud.spi.Capabilities.Feature;
import org.deepseekplugin.cloud.spi.CloudDriver;
import org.deepseekplugin.cloud.spi.CloudException;
import org.deepseekplugin.cloud.spi.Instance;
import org.deepseekplugin.cloud.spi.InstanceId;
import org.deepseekplugin.cloud.spi.InstanceListing;
import org.deepseekplugin.cloud.spi.Offer;
import org.deepseekplugin.cloud.spi.OfferQuery;
import org.deepseekplugin.cloud.spi.OwnerTag;
import org.deepseekplugin.cloud.spi.Termination;

/// A cloud in memory: zones with capacity, quotas, client tokens, lagging lists, and faults that
/// strike when told to ([#next]) or by chance ([#faultRates]). Equal seed, clock and calls give
/// equal answers. It outlives the servers that call it, so one object serves a whole crash
/// simulation; [#book] is the truth. Thread-safe.
public final class SimulatedCloud implements CloudDriver {
    /// The calls that a fault can strike.
    public enum Action {
        ALLOCATE,
        LIST,
        TERMINATE
    }

    private final SimulationSettings settings;
    private final InstantSource clock;
    private final RandomGenerator random;

    private final Map<InstanceId, SimulatedMachine> machines = new LinkedHashMap<>();
    private final Map<String, List<SimulatedMachine>> byToken = new HashMap<>();
    private final List<Launch> launches = new ArrayList<>();
    private final Map<String, Integer> peaks = new HashMap<>();
    private final Limits limits;
    private final FaultSchedule faults;
    private final LateArrivals late;

    public SimulatedCloud(
            SimulationSettings settings, InstantSource clock, RandomGenerator random) {
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.limits = new Limits(settings);
        this.faults = new FaultSchedule(random);
        this.late = new LateArrivals(clock);
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                EnumSet.of(Feature.LIST, Feature.TERMINATE, Feature.SPOT, Feature.GANG),
                settings.tokenScope(),
                settings.listingLag());
    }

    @Override
    public List<Offer> offers(OfferQuery query) {
        return settings.offers().stream().filter(query::accepts).toList();
    }

    @Override
    public synchronized AllocationResult allocate(AllocationRequest request) {
        return switch (strike(Action.ALLOCATE)) {
            case Fault.None() -> launch(request, request.max());
            case Fault.GiveOnly(int few) -> launch(request, few);
            case Fault.Refuse(var failure) -> new AllocationResult.Refused(failure);
            case Fault.LoseRequest() -> new AllocationResult.Unknown("the request was lost");
            case Fault.LoseAnswer() -> {
                launch(request, request.max());
                yield new AllocationResult.Unknown("the answer was lost");
            }
            case Fault.Late(var by) -> {
                late.postpone(by, () -> launch(request, request.max()));
                yield new AllocationResult.Unknown("no answer before the deadline");
            }
        };
    }

    @Override
    public synchronized InstanceListing list(OwnerTag owner) {
        var now = clock.instant();
        return switch (strike(Action.LIST)) {
            case Fault.None(), Fault.GiveOnly(_) -> new InstanceListing(listed(owner, now), now);
            case Fault.Refuse(var failure) -> throw new CloudException(failure, null);
            case Fault.LoseRequest(), Fault.LoseAnswer(), Fault.Late(_) ->
                    throw new CloudException(Failures.noAnswer(), null);
        };
    }

    @Override
    public synchronized Termination terminate(InstanceId id) {
        return switch (strike(Action.TERMINATE)) {
            case Fault.None(), Fault.GiveOnly(_) -> end(id);
            case Fault.Refuse(var failure) -> new Termination.Refused(failure);
            case Fault.LoseRequest() -> new Termination.Unknown("the request was lost");
            case Fault.LoseAnswer() -> {
                end(id);
                yield new Termination.Unknown("the answer was lost");
            }
            case Fault.Late(var by) -> {
                late.postpone(by, () -> end(id));
                yield new Termination.Unknown("no answer before the deadline");
            }
        };
    }

    /// Holds nothing; machines live on.
    @Override
    public void close() {}

    /// These faults strike the next calls of the action, one each, before chance does.
    public synchronized void next(Action action, Fault... faults) {
        this.faults.script(action, List.of(faults));
    }

    /// From now on faults strike by chance; [FaultRates#NONE] ends it.
    public synchronized void faultRates(FaultRates rates) {
        faults.rates(rates);
    }

    /// How many machines of the type the zone holds in all, rented ones included.
    public synchronized void setCapacity(String zone, String instanceType, int machines) {
        limits.capacity(zone, instanceType, machines);
    }

    public synchronized void setVcpuQuota(String family, String region, int vcpus) {
        limits.vcpuQuota(family, region, vcpus);
    }

    /// The machine is lost without anybody having asked for it: a broken host, a spot eviction.
    public synchronized void vanish(InstanceId id) {
        var machine = machines.get(id);
        if (machine == null) {
            throw new IllegalArgumentException("there is no machine " + id);
        }
        machine.vanish(clock.instant());
    }

    /// How often the action was called, faulty calls included.
    public synchronized int calls(Action action) {
        return faults.calls(action);
    }

    public synchronized LaunchBook book() {
        late.arrive();
        var now = clock.instant();
        var live = live().map(machine -> machine.at(now)).toList();
        return new LaunchBook(launches, live, peaks);
    }

    private Fault strike(Action action) {
        late.arrive();
        return faults.draw(action);
    }

    private AllocationResult launch(AllocationRequest request, int atMost) {
        var known = byToken.get(tokenKey(request));
        if (known != null) {
            return replay(request, known);
        }
        var offer = limits.offer(request);
        if (offer.isEmpty()) {
            return new AllocationResult.Refused(Failures.unknownOffer(request));
        }
        var rented = live().map(machine -> machine.request).toList();
        int allowed =
                Math.min(
                        request.max(), limits.freeVcpus(offer.get(), rented) / offer.get().vcpus());
        if (allowed < request.min()) {
            return new AllocationResult.Refused(Failures.overQuota(offer.get()));
        }
        int made = Math.min(Math.min(allowed, atMost), limits.freeStock(request, rented));
        if (made <= 0) {
            return new AllocationResult.Refused(Failures.noCapacity(request));
        }
        var fresh = new ArrayList<SimulatedMachine>();
        for (int i = 0; i < made; i++) {
            fresh.add(make(request));
        }
        byToken.put(tokenKey(request), fresh);
        return answer(request, fresh);
    }

    private AllocationResult replay(AllocationRequest request, List<SimulatedMachine> known) {
        if (!known.getFirst().request.equals(request)) {
            return new AllocationResult.Refused(Failures.tokenMismatch(request));
        }
        if (known.stream().noneMatch(SimulatedMachine::isLive)) {
            return new AllocationResult.Refused(Failures.tokenTerminated(request));
        }
        return answer(request, known);
    }

    private AllocationResult answer(AllocationRequest request, List<SimulatedMachine> made) {
        var now = clock.instant();
        var instances = made.stream().map(machine -> machine.at(now)).toList();
        return made.size() < request.min()
                ? new AllocationResult.Partial(instances, Failures.noCapacity(request))
                : new AllocationResult.Allocated(instances);
    }

    private SimulatedMachine make(AllocationRequest request) {
        var now = clock.instant();
        int number = machines.size() + 1;
        var id = new InstanceId(settings.cloud(), request.region(), "i-%08d".formatted(number));
        var machine =
                new SimulatedMachine(
                        id,
                        request,
                        "10.%d.%d.%d".formatted(number >> 16, number >> 8 & 255, number & 255),
                        now,
                        now.plus(settings.bootDelay()),
                        Duration.ofMillis(random.nextLong(settings.listingLag().toMillis() + 1)));
        machines.put(id, machine);
        launches.add(new Launch(id, request, now));
        long liveNow = live().filter(m -> m.request.intent().equals(request.intent())).count();
        peaks.merge(request.intent(), (int) liveNow, Math::max);
        return machine;
    }

    private Termination end(InstanceId id) {
        var machine = machines.get(id);
        if (machine == null || !machine.isLive()) {
            return new Termination.AlreadyGone();
        }
        machine.terminate(clock.instant());
        return new Termination.Accepted();
    }

    private List<Instance> listed(OwnerTag owner, Instant now) {
        return machines.values().stream()
                .filter(machine -> machine.request.owner().equals(owner))
                .flatMap(machine -> machine.listed(now, settings.terminatedListedFor()).stream())
                .toList();
    }

    private String tokenKey(AllocationRequest request) {
        return switch (settings.tokenScope()) {
            case ZONE -> request.zone() + "/" + request.token();
            case REGION -> request.region() + "/" + request.token();
            case ACCOUNT -> request.token();
        };
    }

    private Stream<SimulatedMachine> live() {
        return machines.values().stream().filter(SimulatedMachine::isLive);
    }
}
