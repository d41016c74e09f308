package org.deepseekplugin.orchestrator.services;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.deepseekplugin.orchestrator.offers.Claims;
import org.deepseekplugin.orchestrator.offers.Place;
import org.deepseekplugin.platform.config.Percent;
import org.deepseekplugin.platform.errors.ErrorCode;
import org.deepseekplugin.platform.errors.Nearest;
import org.deepseekplugin.platform.errors.PlatformException;

/// Checks a service against the models and clouds that there are, and says which of its keys do
/// nothing yet.
final class SpecCheck {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");
    private static final List<String> METRICS =
            List.of("gpu_utilization", "queue_length", "requests_per_second", "ttft_p99");

    private final ModelCatalog catalog;
    private final Claims claims;

    SpecCheck(ModelCatalog catalog, Claims claims) {
        this.catalog = catalog;
        this.claims = claims;
    }

    /// @return the keys that are right, but not active yet, one sentence each
    /// @throws PlatformException with every problem at once
    List<String> check(ServiceSpec spec) {
        var model = catalog.resolve(spec.model());
        var problems = new ArrayList<String>();
        if (!NAME.matcher(spec.name()).matches()) {
            problems.add(
                    "name: \"%s\" must be 1 to 40 lower-case letters, digits and -, not at the ends"
                            .formatted(spec.name()));
        }
        spec.replicas()
                .max()
                .filter(max -> max < spec.replicas().min())
                .ifPresent(max ->
                        problems.add(
                                "replicas: max %d is less than min %d"
                                        .formatted(max, spec.replicas().min())));
        engine(spec, model, problems);
        policies(spec, problems);
        places(spec, problems);
        if (!problems.isEmpty()) {
            throw new PlatformException(ErrorCode.INVALID_CONFIG, String.join("\n", problems));
        }
        return notActiveYet(spec);
    }

    List<Place> places(ServiceSpec spec) {
        return spec.where().stream().map(claims::resolve).toList();
    }

    private void places(ServiceSpec spec, List<String> problems) {
        for (int i = 0; i < spec.where().size(); i++) {
            try {
                claims.resolve(spec.where().get(i));
            } catch (PlatformException e) {
                problems.add("where[%d]: %s".formatted(i, e.sentence()));
            }
        }
    }

    private static void engine(ServiceSpec spec, Model model, List<String> problems) {
        var wanted = spec.engine().name().name().toLowerCase(Locale.ROOT);
        if (spec.engine().name() != ServiceSpec.Engine.Name.AUTO
                && !wanted.equals(model.engine())) {
            problems.add(
                    "engine.name: \"%s\" cannot serve %s; its engine is %s (or write auto)"
                            .formatted(wanted, model.name(), model.engine()));
        }
    }

    private static void policies(ServiceSpec spec, List<String> problems) {
        for (var policy : spec.scalingPolicies()) {
            if (!METRICS.contains(policy.metric())) {
                problems.add(
                        "scaling-policies: metric \"%s\" is not one of %s.%s"
                                .formatted(
                                        policy.metric(),
                                        String.join(", ", METRICS),
                                        Nearest.hint(policy.metric(), METRICS)));
            }
            if (!isThreshold(policy.threshold())) {
                problems.add(
                        "scaling-policies: threshold \"%s\" is neither a number nor a share such as 85%%"
                                .formatted(policy.threshold()));
            }
        }
    }

    private static boolean isThreshold(String text) {
        if (text.matches("\\d{1,9}(\\.\\d+)?")) {
            return true;
        }
        try {
            Percent.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static List<String> notActiveYet(ServiceSpec spec) {
        var warnings = new ArrayList<String>();
        int min = spec.replicas().min();
        if (spec.replicas().max().filter(max -> max > min).isPresent()) {
            warnings.add("replicas.max: not active yet; %d replicas run".formatted(min));
        }
        if (!spec.scalingPolicies().isEmpty()) {
            warnings.add("scaling-policies: not active yet; the number of replicas stays");
        }
        spec.standby().ifPresent(_ -> warnings.add("standby: not active yet; none is kept"));
        spec.idleTimeout()
                .ifPresent(_ -> warnings.add("idle-timeout: not active yet; it never sleeps"));
        spec.prefer()
                .filter(prefer -> prefer != ServiceSpec.Prefer.PRICE)
                .ifPresent(_ -> warnings.add("prefer: not active yet; the cheapest offer wins"));
        var engine = spec.engine();
        if (engine.flashAttention().or(engine::enableFlashAttn).isPresent()) {
            warnings.add("engine.flash-attention: not active yet; the engine decides");
        }
        if (engine.preload().or(engine::preloadModel).isPresent()) {
            warnings.add("engine.preload: not active yet; models are always loaded at start");
        }
        return List.copyOf(warnings);
    }
}
