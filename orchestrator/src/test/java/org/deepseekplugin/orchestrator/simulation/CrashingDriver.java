package org.deepseekplugin.orchestrator.simulation;

import static org.deepseekplugin.orchestrator.simulation.CrashPoint.Moment.ANSWERED;
import static org.deepseekplugin.orchestrator.simulation.CrashPoint.Moment.BEFORE_CALL;
import static org.deepseekplugin.orchestrator.simulation.CrashPoint.Moment.WORK_DONE;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.AllocationResult;
import org.deepseekplugin.cloud.spi.Capabilities;
import org.deepseekplugin.cloud.spi.CloudDriver;
import org.deepseekplugin.cloud.spi.InstanceId;
import org.deepseekplugin.cloud.spi.InstanceListing;
import org.deepseekplugin.cloud.spi.Offer;
import org.deepseekplugin.cloud.spi.OfferQuery;
import org.deepseekplugin.cloud.spi.OwnerTag;
import org.deepseekplugin.cloud.spi.Termination;

/// A driver's calls take time, in which other threads run, and the process may die before a call,
/// when the cloud has done its work, and when the answer is there.
///
/// @param watch sees each request on its way to the cloud
record CrashingDriver(
        CloudDriver cloud, World world, CrashPlan plan, Consumer<AllocationRequest> watch)
        implements CloudDriver {

    @Override
    public Capabilities capabilities() {
        return cloud.capabilities();
    }

    @Override
    public List<Offer> offers(OfferQuery query) {
        return call("offers", () -> cloud.offers(query));
    }

    @Override
    public AllocationResult allocate(AllocationRequest request) {
        return call(
                "allocate",
                () -> {
                    watch.accept(request);
                    return cloud.allocate(request);
                });
    }

    @Override
    public InstanceListing list(OwnerTag owner) {
        return call("list", () -> cloud.list(owner));
    }

    @Override
    public Termination terminate(InstanceId id) {
        return call("terminate", () -> cloud.terminate(id));
    }

    private <T> T call(String what, Supplier<T> call) {
        plan.pass(CrashPoint.call(BEFORE_CALL, what));
        world.block();
        var answer = call.get();
        plan.pass(CrashPoint.call(WORK_DONE, what));
        world.block();
        plan.pass(CrashPoint.call(ANSWERED, what));
        return answer;
    }

    @Override
    public void close() {}
}
