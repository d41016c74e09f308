package org.deepseekplugin.server.clouds;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.deepseekplugin.cloud.spi.CloudDriver;
import org.deepseekplugin.cloud.spi.DriverContext;
import org.deepseekplugin.cloud.spi.DriverFactory;
import org.deepseekplugin.orchestrator.offers.Cloud;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.server.config.CloudSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the drivers of the clouds that are enabled.
public final class CloudAccounts implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CloudAccounts.class);

    /// Below every cloud's own limits for the calls that are made most.
    private static final int CALLS_PER_SECOND = 10;

    private static final int BURST = 20;

    private final MeterRegistry registry;
    private final Clock clock;
    private final CallAudit audit;
    private final CallDeadlines deadlines = new CallDeadlines();
    private final List<CallBudget> budgets = new ArrayList<>();
    private final List<Cloud> clouds = new ArrayList<>();

    /// The drivers that are there, by `ServiceLoader`.
    public static List<DriverFactory> factories() {
        return ServiceLoader.load(DriverFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /// @param settings by the cloud's name; checked before
    /// @param auditDir where a line for every call goes
    /// @throws PlatformException `invalid_config` when a driver refuses its values
    public CloudAccounts(
            List<DriverFactory> factories,
            Map<String, CloudSettings> settings,
            Path auditDir,
            MeterRegistry registry,
            Clock clock) {
        this.registry = registry;
        this.clock = clock;
        this.audit = new CallAudit(auditDir);
        for (var factory : factories) {
            var cloud = settings.get(factory.cloud());
            if (cloud != null && cloud.enabled()) {
                clouds.add(Cloud.of(factory, create(factory, cloud)));
            }
        }
    }

    public List<Cloud> clouds() {
        return List.copyOf(clouds);
    }

    public List<String> names() {
        return clouds.stream().map(Cloud::name).toList();
    }

    private CloudDriver create(DriverFactory factory, CloudSettings settings) {
        var budget = new CallBudget(CALLS_PER_SECOND, BURST, System::nanoTime);
        budgets.add(budget);
        var calls = new GovernedCalls(factory.cloud(), budget, deadlines, audit, registry, clock);
        var context =
                new DriverContext(
                        calls,
                        clock,
                        what ->
                                log.atInfo()
                                        .addKeyValue("cloud", factory.cloud())
                                        .addKeyValue("what", what)
                                        .log("driver noticed"));
        try {
            return factory.create(withDefaults(factory, settings), context);
        } catch (IllegalArgumentException e) {
            throw new PlatformException(
                    ErrorCode.INVALID_CONFIG,
                    "clouds." + factory.cloud() + ": " + e.getMessage(),
                    e);
        }
    }

    private static Map<String, String> withDefaults(DriverFactory factory, CloudSettings settings) {
        var values = new LinkedHashMap<String, String>();
        factory.configKeys()
                .forEach(key ->
                        key.defaultValue().ifPresent(value -> values.put(key.name(), value)));
        values.putAll(settings.values());
        return values;
    }

    @Override
    public void close() {
        budgets.forEach(CallBudget::close);
        clouds.forEach(cloud -> cloud.driver().close());
        deadlines.close();
        audit.close();
    }
}
