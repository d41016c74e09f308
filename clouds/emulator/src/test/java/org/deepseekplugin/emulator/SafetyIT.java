package org.deepseekplugin.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The emulator runs what it is sent, so nobody but its owner may send.
final class SafetyIT {
    private static final String REFUSED = "only local programs may ask";

    @TempDir Path folder;
    private AwsFixture cloud;

    @BeforeEach
    void start() {
        cloud = new AwsFixture(folder);
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void secrets_are_readable_by_their_owner_only() throws IOException {
        for (var name : List.of("endpoints.json", "identity.json")) {
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(folder.resolve(name))))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void the_endpoints_file_says_what_the_contract_says() throws IOException {
        var aws = Json.tree(Files.readAllBytes(folder.resolve("endpoints.json"))).path("aws");

        assertThat(aws.propertyNames())
                .containsExactlyInAnyOrder(
                        "endpoint",
                        "access_key_id",
                        "secret_access_key",
                        "region",
                        "image_id",
                        "instance_type",
                        "metadata",
                        "control");
        assertThat(aws.path("metadata").asString()).contains("{id}");
    }

    @Test
    void every_folder_has_credentials_of_its_own(@TempDir Path other) {
        try (var second = new AwsFixture(other)) {
            assertThat(second.aws.secretAccessKey()).isNotEqualTo(cloud.aws.secretAccessKey());
            assertThat(second.aws.control()).isNotEqualTo(cloud.aws.control());
        }
    }

    @Test
    void other_hosts_and_web_pages_are_refused() throws IOException {
        for (var url : List.of(cloud.aws.endpoint(), cloud.aws.control())) {
            var uri = URI.create(url);
            var here = uri.getHost() + ":" + uri.getPort();
            assertThat(ask(uri, "Host: evil.example")).contains(REFUSED);
            assertThat(ask(uri, "Host: evil.example:" + uri.getPort())).contains(REFUSED);
            assertThat(ask(uri, "Host: " + here + "\r\nOrigin: http://" + here)).contains(REFUSED);
            assertThat(ask(uri, "Host: " + here)).doesNotContain(REFUSED);
        }
    }

    @Test
    void control_needs_its_secret() {
        var url = cloud.aws.control();
        var wrong = url.substring(0, url.lastIndexOf('/')) + "/" + "0".repeat(48);

        assertThat(Http.send("GET", wrong + "/truth", "").statusCode()).isEqualTo(404);
        assertThat(Http.send("GET", url + "/truth", "").statusCode()).isEqualTo(200);
    }

    @Test
    void nothing_listens_beyond_loopback() throws SocketException {
        int port = URI.create(cloud.aws.endpoint()).getPort();
        for (var network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (var address : Collections.list(network.getInetAddresses())) {
                if (!address.isLoopbackAddress()) {
                    assertThatThrownBy(() -> connect(address, port))
                            .isInstanceOf(IOException.class);
                }
            }
        }
    }

    @Test
    void a_folder_holds_one_emulator_at_a_time() {
        assertThatThrownBy(() -> Emulator.start(EmulatorOptions.in(folder)))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining(folder.getFileName().toString());
    }

    @Test
    void a_taken_port_is_named_with_the_remedy(@TempDir Path other) {
        int taken = URI.create(cloud.aws.endpoint()).getPort();

        assertThatThrownBy(() ->
                        Emulator.start(EmulatorOptions.in(other).withPorts(Map.of("aws", taken))))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining(Integer.toString(taken))
                .hasMessageContaining("choose another");
        Emulator.start(EmulatorOptions.in(other)).close();
    }

    @Test
    void too_long_a_body_is_refused() {
        var uri = URI.create(cloud.aws.control());
        var head =
                "POST %s/fault HTTP/1.1\r\nHost: %s:%d\r\nContent-Length: 3000000\r\n\r\n"
                        .formatted(uri.getPath(), uri.getHost(), uri.getPort());

        assertThat(Raw.send(cloud.aws.control(), head + "x".repeat((1 << 20) + 1)))
                .contains("413", "longer than 1 MiB");
        assertThat(Http.send("GET", cloud.aws.control() + "/fault", "").statusCode())
                .isEqualTo(200);
    }

    @Test
    void two_hosts_are_no_host() throws IOException {
        var uri = URI.create(cloud.aws.control());
        var here = uri.getHost() + ":" + uri.getPort();

        assertThat(ask(uri, "Host: " + here + "\r\nHost: evil.example")).contains(REFUSED);
    }

    private static void connect(InetAddress address, int port) throws IOException {
        try (var socket = new Socket(address, port)) {
            socket.getOutputStream().write(1);
        }
    }

    private static String ask(URI uri, String headers) throws IOException {
        try (var socket = new Socket(uri.getHost(), uri.getPort())) {
            var request =
                    "GET "
                            + (uri.getPath().isEmpty() ? "/" : uri.getPath() + "/truth")
                            + " HTTP/1.1\r\n"
                            + headers
                            + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
