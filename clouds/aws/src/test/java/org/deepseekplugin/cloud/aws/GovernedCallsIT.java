package org.deepseekplugin.cloud.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.deepseekplugin.cloud.aws.EmulatedAws.allocated;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import org.deepseekplugin.cloud.spi.CloudCalls;
import org.deepseekplugin.cloud.spi.Cohesion;
import org.deepseekplugin.cloud.spi.InstanceListing;
import org.deepseekplugin.cloud.spi.InstanceState;
import org.deepseekplugin.cloud.spi.Market;
import org.deepseekplugin.cloud.spi.OfferQuery;
import org.deepseekplugin.cloud.testkit.conformance.Await;
import org.deepseekplugin.platform.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every call that reaches AWS has passed [CloudCalls], and the documented policy allows it.
final class GovernedCallsIT {
    @TempDir Path folder;
    private final Map<String, Integer> governed = new ConcurrentSkipListMap<>();

    @Test
    void what_arrives_was_governed_and_what_is_governed_is_allowed() throws IOException {
        try (var aws = new EmulatedAws(folder)) {
            var network =
                    Map.of(
                            "subnet-ids", aws.subnet("us-west-2a"),
                            "security-group-ids", aws.securityGroup());
            var before = arrived(aws);
            exerciseEverything(aws, network);

            var arrived = arrived(aws);
            before.forEach((action, calls) -> arrived.merge(action, -calls, Integer::sum));
            assertThat(governed).isEqualTo(arrived);
        }
        assertThat(governed.keySet()).isEqualTo(documentedPolicy());
    }

    /// Twice, for what is left of the first time is cleared away the second.
    private void exerciseEverything(EmulatedAws aws, Map<String, String> network) {
        try (var driver = aws.driver(network, new CountingCalls(), what -> {})) {
            driver.offers(OfferQuery.any());
            for (int i = 0; i < 2; i++) {
                var gang =
                        aws.request(
                                "us-west-2a",
                                "p4d.24xlarge",
                                2,
                                Market.SPOT,
                                Cohesion.FABRIC,
                                List.of());
                allocated(driver.allocate(gang)).forEach(machine -> driver.terminate(machine.id()));
                Await.until(() -> ended(driver.list(aws.owner)));
            }
        }
    }

    private static boolean ended(InstanceListing listing) {
        return listing.instances().stream()
                .allMatch(machine -> machine.state() == InstanceState.TERMINATED);
    }

    private static Map<String, Integer> arrived(EmulatedAws aws) {
        var arrived = new TreeMap<String, Integer>();
        aws.control()
                .truth("")
                .calls()
                .forEach((action, calls) -> arrived.put(action, calls.total()));
        return arrived;
    }

    private final class CountingCalls implements CloudCalls {
        @Override
        public <T> T around(String action, String region, Callable<T> call) throws Exception {
            governed.merge(action, 1, Integer::sum);
            return call.call();
        }
    }

    private static Set<String> documentedPolicy() throws IOException {
        var document = Files.readString(Path.of("../../docs/clouds/aws.md"));
        int from = document.indexOf("```json") + "```json".length();
        var policy =
                Json.tree(document.substring(from, document.indexOf("```", from)).getBytes(UTF_8));
        var actions = new TreeSet<String>();
        for (var statement : policy.path("Statement")) {
            for (var action : statement.path("Action")) {
                actions.add(action.asString().split(":", 2)[1]);
            }
        }
        // asked for by EC2 itself, when a call tags what it makes
        assertThat(actions.remove("CreateTags")).isTrue();
        return actions;
    }
}
