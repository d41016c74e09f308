package org.deepseekplugin.cloud.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.deepseekplugin.cloud.spi.CloudDriver;
import org.deepseekplugin.cloud.spi.CloudFailure;
import org.deepseekplugin.cloud.spi.InstanceId;
import org.deepseekplugin.cloud.testkit.conformance.CloudDriverConformance;
import org.deepseekplugin.cloud.testkit.conformance.CloudUnderTest;
import org.deepseekplugin.cloud.testkit.conformance.DocumentedConformance;
import org.deepseekplugin.emulator.Emulator;
import org.deepseekplugin.emulator.EmulatorOptions;
import org.deepseekplugin.emulator.Endpoints;
import org.deepseekplugin.emulator.control.Control;
import org.deepseekplugin.emulator.control.Truth;
import org.deepseekplugin.emulator.faults.Fault;
import org.deepseekplugin.emulator.faults.FaultMode;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The driver against the emulator: every behaviour that the kit knows.
final class EmulatorConformanceIT extends CloudDriverConformance {
    @RegisterExtension
    static final DocumentedConformance DOCUMENT =
            DocumentedConformance.in(Path.of("../../docs/clouds/aws.md"), "emulator");

    @Override
    protected CloudUnderTest start() throws IOException {
        return new EmulatedCloud(Files.createTempDirectory("deepseek-emulator-"));
    }

    private static final class EmulatedCloud implements CloudUnderTest {
        private static final int CAPACITY = 100;
        private static final int LONGER_THAN_ANY_DEADLINE_S = 30;

        private record Stock(String zone, String type) {}

        private final Path folder;
        private final Emulator emulator;
        private final Control control;
        private final Endpoints.Aws aws;
        private final HttpClient http = HttpClient.newHttpClient();
        private final List<Stock> changed = new ArrayList<>();

        EmulatedCloud(Path folder) {
            this.folder = folder;
            this.emulator =
                    Emulator.start(
                            EmulatorOptions.in(folder).withBootDelay(Duration.ofMillis(100)));
            this.control = emulator.control();
            this.aws = emulator.endpoints().aws();
        }

        @Override
        public CloudDriver connect() {
            return TestDrivers.connect(
                    aws.endpoint(), aws.accessKeyId(), aws.secretAccessKey(), Map.of());
        }

        @Override
        public Site site() {
            return new Site(TestDrivers.REGION, "us-west-2a", "us-west-2b", "t3.medium");
        }

        @Override
        public int pageSize() {
            return TestDrivers.PAGE_SIZE;
        }

        @Override
        public Map<Ability, String> lacks() {
            return Map.of();
        }

        @Override
        public void reset() {
            heal();
            control.lag(Duration.ZERO);
            changed.forEach(stock -> control.capacity(stock.zone(), stock.type(), CAPACITY));
            changed.clear();
            try (var driver = connect()) {
                control.truth("").live().forEach(machine -> driver.terminate(id(machine.id())));
            }
        }

        @Override
        public void refuse(Operation operation, CloudFailure.Kind kind, int after, int times) {
            control.fault(
                    new Fault(
                            Actions.of(operation), code(kind), times, FaultMode.ERROR, "", after));
        }

        @Override
        public void disturb(Operation operation, Disturbance how, int after) {
            for (int i = 0; i < after; i++) {
                control.fault(new Fault(Actions.of(operation), "", 1, FaultMode.DELAY, "", 0));
            }
            var mode =
                    switch (how) {
                        case RESET -> FaultMode.RESET_AFTER;
                        case HANG -> FaultMode.HANG_AFTER;
                        case TRUNCATE -> FaultMode.TRUNCATE_AFTER;
                        case DUPLICATE -> FaultMode.DUPLICATE;
                    };
            int n =
                    switch (how) {
                        case RESET, TRUNCATE -> 0;
                        case HANG -> LONGER_THAN_ANY_DEADLINE_S;
                        case DUPLICATE -> 2;
                    };
            control.fault(new Fault(Actions.of(operation), "", 1, mode, "", n));
        }

        @Override
        public void heal() {
            control.clearFaults();
        }

        @Override
        public void lag(Duration by) {
            control.lag(by);
        }

        @Override
        public void capacity(String zone, String instanceType, int machines) {
            changed.add(new Stock(zone, instanceType));
            control.capacity(zone, instanceType, machines);
        }

        @Override
        public void kill(InstanceId id) {
            control.kill(id.value());
        }

        /// As the machine itself reads it: version 2 of the metadata service, token first.
        @Override
        public byte[] userData(InstanceId id) {
            var base = aws.metadata().replace("{id}", id.value()) + "/latest/";
            byte[] token;
            do {
                token =
                        ask(
                                "PUT",
                                base + "api/token",
                                "x-aws-ec2-metadata-token-ttl-seconds",
                                "60");
            } while (new String(token).startsWith("no running"));
            return ask("GET", base + "user-data", "x-aws-ec2-metadata-token", new String(token));
        }

        @Override
        public List<TrueMachine> truth() {
            var truth = control.truth("");
            var live = truth.live().stream().map(Truth.Live::id).collect(Collectors.toSet());
            return truth.launches().stream()
                    .map(made ->
                            new TrueMachine(
                                    id(made.id()),
                                    made.token().orElse(""),
                                    live.contains(made.id())))
                    .toList();
        }

        @Override
        public int calls(Operation operation) {
            var tally = control.truth("").calls().get(Actions.of(operation));
            return tally == null ? 0 : tally.total();
        }

        @Override
        public void close() {
            http.close();
            emulator.close();
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(EmulatedCloud::delete);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void delete(Path file) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private byte[] ask(String method, String url, String header, String value) {
            var request =
                    HttpRequest.newBuilder(URI.create(url))
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .header(header, value)
                            .build();
            try {
                return http.send(request, BodyHandlers.ofByteArray()).body();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private static InstanceId id(String value) {
            return new InstanceId("aws", TestDrivers.REGION, value);
        }

        private static String code(CloudFailure.Kind kind) {
            return switch (kind) {
                case CAPACITY -> "InsufficientInstanceCapacity";
                case QUOTA -> "VcpuLimitExceeded";
                case THROTTLED -> "RequestLimitExceeded";
                case AUTH -> "UnauthorizedOperation";
                case INVALID -> "InvalidParameterValue";
                case NOT_FOUND -> "InvalidInstanceID.NotFound";
                case BILLING -> "PendingVerification";
                case UNAVAILABLE -> "Unavailable";
            };
        }
    }
}
