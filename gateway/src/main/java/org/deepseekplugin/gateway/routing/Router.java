package org.deepseekplugin.gateway.routing;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/// Chooses an endpoint: of two drawn at random the one with fewer calls in flight. That is nearly
/// as even as asking all, and gateways that cannot see each other do not run to the same endpoint
/// (Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", 2001).
///
/// A function of its arguments alone.
public final class Router {

    /// Endpoints not tried yet come first, then those not ejected; none is left out when nothing
    /// better is left.
    ///
    /// @param ready the snapshot's endpoints of the model
    /// @param tried ids that this request has been to
    /// @return empty only when nothing is ready
    public static Optional<Endpoint> choose(
            List<Endpoint> ready,
            Set<String> tried,
            Predicate<String> ejected,
            ToIntFunction<String> inFlight,
            RandomGenerator random) {
        if (ready.isEmpty()) {
            return Optional.empty();
        }
        if (ready.size() == 1) {
            return Optional.of(ready.getFirst());
        }
        var untried = prefer(ready, endpoint -> !tried.contains(endpoint.id()));
        var healthy = prefer(untried, endpoint -> !ejected.test(endpoint.id()));
        return Optional.of(lessBusyOfTwo(healthy, inFlight, random));
    }

    private static List<Endpoint> prefer(List<Endpoint> endpoints, Predicate<Endpoint> wanted) {
        if (endpoints.stream().allMatch(wanted)) {
            return endpoints;
        }
        var preferred = endpoints.stream().filter(wanted).toList();
        return preferred.isEmpty() ? endpoints : preferred;
    }

    private static Endpoint lessBusyOfTwo(
            List<Endpoint> endpoints, ToIntFunction<String> inFlight, RandomGenerator random) {
        int count = endpoints.size();
        if (count == 1) {
            return endpoints.getFirst();
        }
        int one = random.nextInt(count);
        int other = (one + 1 + random.nextInt(count - 1)) % count;
        var a = endpoints.get(one);
        var b = endpoints.get(other);
        return inFlight.applyAsInt(b.id()) < inFlight.applyAsInt(a.id()) ? b : a;
    }

    private Router() {}
}
