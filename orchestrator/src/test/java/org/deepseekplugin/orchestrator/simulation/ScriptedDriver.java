package org.deepseekplugin.orchestrator.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
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

/// Answers to `allocate` as it was told, before it asks the cloud.
public record ScriptedDriver(CloudDriver cloud, Deque<Answer> answers) implements CloudDriver {

    public interface Answer {
        AllocationResult to(AllocationRequest request, CloudDriver cloud);
    }

    public ScriptedDriver(CloudDriver cloud, Answer... answers) {
        this(cloud, new ArrayDeque<>(List.of(answers)));
    }

    @Override
    public Capabilities capabilities() {
        return cloud.capabilities();
    }

    @Override
    public List<Offer> offers(OfferQuery query) {
        return cloud.offers(query);
    }

    @Override
    public AllocationResult allocate(AllocationRequest request) {
        var answer = answers.poll();
        return answer == null ? cloud.allocate(request) : answer.to(request, cloud);
    }

    @Override
    public InstanceListing list(OwnerTag owner) {
        return cloud.list(owner);
    }

    @Override
    public Termination terminate(InstanceId id) {
        return cloud.terminate(id);
    }

    @Override
    public void close() {}
}
