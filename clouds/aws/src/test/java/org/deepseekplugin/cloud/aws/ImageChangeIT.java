package org.deepseekplugin.cloud.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.deepseekplugin.cloud.spi.AllocationRequest;
import org.deepseekplugin.cloud.spi.AllocationResult;
import org.deepseekplugin.cloud.spi.Bootstrap;
import org.deepseekplugin.cloud.spi.Cohesion;
import org.deepseekplugin.cloud.spi.Market;
import org.deepseekplugin.cloud.spi.OwnerTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// AWS publishes a new image between a launch whose answer was lost and its repetition after a
/// restart: EC2 then says that the parameters differ. The server here has one machine, made from
/// `ami-old` with token `t1`.
final class ImageChangeIT {
    private static final String INSTANCE =
            """
            <item><instanceId>i-0123456789abcdef0</instanceId><imageId>ami-old</imageId>
            <instanceState><code>16</code><name>running</name></instanceState>
            <placement><availabilityZone>us-west-2a</availabilityZone></placement>
            <instanceType>t3.medium</instanceType></item>
            """;

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", ImageChangeIT::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void the_repetition_names_the_image_of_the_first_launch() {
        assertThat(launch("ami-new", 1))
                .isInstanceOfSatisfying(
                        AllocationResult.Allocated.class,
                        made ->
                                assertThat(made.instances())
                                        .extracting(machine -> machine.id().value())
                                        .containsExactly("i-0123456789abcdef0"));
    }

    @Test
    void another_difference_is_still_refused() {
        assertThat(launch("ami-new", 2))
                .isInstanceOfSatisfying(
                        AllocationResult.Refused.class,
                        no ->
                                assertThat(no.failure().code())
                                        .isEqualTo("IdempotentParameterMismatch"));
    }

    private AllocationResult launch(String image, int machines) {
        var endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
        try (var driver = TestDrivers.connect(endpoint, "id", "key", Map.of("image-id", image))) {
            return driver.allocate(
                    new AllocationRequest(
                            "intent",
                            "t1",
                            new OwnerTag("me"),
                            machines,
                            machines,
                            Market.ON_DEMAND,
                            TestDrivers.REGION,
                            "us-west-2a",
                            "t3.medium",
                            Cohesion.ANY,
                            new Bootstrap(List.of(), Map.of(), List.of("true")),
                            Map.of()));
        }
    }

    private static void answer(HttpExchange call) throws IOException {
        var form = new String(call.getRequestBody().readAllBytes(), UTF_8);
        if (form.contains("Action=DescribeInstances")) {
            send(
                    call,
                    200,
                    "<DescribeInstancesResponse><reservationSet><item><instancesSet>"
                            + INSTANCE
                            + "</instancesSet></item></reservationSet></DescribeInstancesResponse>");
        } else if (form.contains("ImageId=ami-old") && form.contains("MaxCount=1")) {
            send(
                    call,
                    200,
                    "<RunInstancesResponse><instancesSet>"
                            + INSTANCE
                            + "</instancesSet></RunInstancesResponse>");
        } else {
            send(
                    call,
                    400,
                    "<Response><Errors><Error><Code>IdempotentParameterMismatch</Code><Message>differ</Message></Error></Errors></Response>");
        }
    }

    private static void send(HttpExchange call, int status, String xml) throws IOException {
        var bytes = xml.getBytes(UTF_8);
        call.sendResponseHeaders(status, bytes.length);
        try (var body = call.getResponseBody()) {
            body.write(bytes);
        }
    }
}
