package org.deepseekplugin.orchestrator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.deepseekplugin.orchestrator.bootstrap.AgentBootstrap;
import org.deepseekplugin.orchestrator.bootstrap.JoinTokens;
import org.deepseekplugin.orchestrator.events.Events;
import org.deepseekplugin.orchestrator.fleet.Fleet;
import org.deepseekplugin.orchestrator.fleet.Requests;
import org.deepseekplugin.orchestrator.fleet.Tokens;
import org.deepseekplugin.orchestrator.nodes.NodeCertificates;
import org.deepseekplugin.orchestrator.nodes.Nodes;
import org.deepseekplugin.orchestrator.nodes.UsageSink;
import org.deepseekplugin.orchestrator.offers.Claims;
import org.deepseekplugin.orchestrator.offers.Cloud;
import org.deepseekplugin.orchestrator.offers.Offers;
import org.deepseekplugin.orchestrator.placement.Refusals;
import org.deepseekplugin.orchestrator.reconcile.Ground;
import org.deepseekplugin.orchestrator.reconcile.ReconcileLoop;
import org.deepseekplugin.orchestrator.reconcile.Surroundings;
import org.deepseekplugin.orchestrator.services.DesiredEngines;
import org.deepseekplugin.orchestrator.services.Endpoints;
import org.deepseekplugin.orchestrator.services.ModelCatalog;
import org.deepseekplugin.orchestrator.services.Services;
import org.deepseekplugin.platform.store.Database;
import org.deepseekplugin.platform.store.Transaction;

/// Rents machines, makes nodes of them and services on them. One object for one store; all it knows
/// is in the store, in the clouds and on the nodes, so it can be thrown away and made anew at any
/// instruction.
public final class Orchestrator implements AutoCloseable {
    private static final Duration CLEAN_EVERY = Duration.ofHours(1);

    private final Ground ground;
    private final ModelCatalog models;
    private final Offers offers;
    private final Refusals refusals;
    private final Fleet fleet;
    private final Nodes nodes;
    private final Services services;

    public Orchestrator(
            Database database,
            List<Cloud> clouds,
            OrchestratorSettings settings,
            NodeCertificates certificates,
            UsageSink usage,
            Surroundings surroundings) {
        this(database, clouds, settings, Tokens.derived(), certificates, usage, surroundings);
    }

    /// @param tokens replaced only by tests, which show that others would double machines
    public Orchestrator(
            Database database,
            List<Cloud> clouds,
            OrchestratorSettings settings,
            Tokens tokens,
            NodeCertificates certificates,
            UsageSink usage,
            Surroundings surroundings) {
        ground = Ground.of(database, surroundings);
        models = ModelCatalog.bundled(settings.aliases());
        offers = new Offers(clouds, settings.prices(), surroundings);
        refusals = new Refusals(surroundings.clock());
        var joinTokens = new JoinTokens(settings.serverKey());
        var bootstrap = new AgentBootstrap(settings.agents());
        var requests = new Requests(settings.fleet().owner(), tokens, joinTokens, bootstrap);
        fleet = new Fleet(ground, clouds, settings.fleet(), requests, refusals);
        var engines = new DesiredEngines(models, surroundings);
        nodes =
                new Nodes(
                        ground, fleet, joinTokens, certificates, settings.nodes(), engines, usage);
        services = new Services(ground, models, new Claims(clouds), offers, refusals, fleet, nodes);
    }

    /// Takes up whatever the store says, and whatever an earlier process left undone.
    public void start() {
        nodes.start();
        fleet.start();
        services.start();
        new ReconcileLoop("cleaning", ground.surroundings(), _ -> Optional.of(clean())).poke("all");
    }

    public Services services() {
        return services;
    }

    public Endpoints endpoints() {
        return services.endpoints();
    }

    public ModelCatalog models() {
        return models;
    }

    public Nodes nodes() {
        return nodes;
    }

    public Fleet fleet() {
        return fleet;
    }

    public Offers offers() {
        return offers;
    }

    public Events events() {
        return ground.events();
    }

    /// Ends the loops. Machines and nodes live on; the next start finds them.
    @Override
    public void close() {
        ground.surroundings().scheduler().close();
    }

    /// Part by part, so that writers wait for none of them long.
    private Duration clean() {
        List.<Consumer<Transaction>>of(
                        services::prune,
                        nodes::prune,
                        fleet::prune,
                        refusals::prune,
                        ground.events()::prune)
                .forEach(ground.database()::run);
        return CLEAN_EVERY;
    }
}
