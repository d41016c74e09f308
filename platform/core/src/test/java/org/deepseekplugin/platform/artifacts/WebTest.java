package org.deepseekplugin.platform.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.deepseekplugin.platform.errors.PlatformException;
import org.junit.jupiter.api.Test;

final class WebTest {
    private static final URI HUB = URI.create("https://huggingface.co/x/resolve/main/y");

    @Test
    void a_mirror_of_the_hub_takes_the_hubs_place_and_its_token() {
        var hub = Hub.from(Map.of("HF_ENDPOINT", "https://hf-mirror.example", "HF_TOKEN", "t"));

        assertThat(hub.redirect(HUB)).hasToString("https://hf-mirror.example/x/resolve/main/y");
        assertThat(hub.tokenFor(hub.redirect(HUB))).isPresent();
        assertThat(hub.tokenFor(HUB)).isEmpty();
    }

    @Test
    void a_token_goes_to_the_hub_alone_and_over_tls() {
        var hub = Hub.from(Map.of("HF_TOKEN", "t"));

        assertThat(hub.tokenFor(HUB)).isPresent();
        assertThat(hub.tokenFor(URI.create("https://cdn-lfs.huggingface.co/y"))).isEmpty();
        assertThat(hub.tokenFor(URI.create("https://huggingface.co:444/y"))).isEmpty();
        assertThat(hub.tokenFor(URI.create("http://huggingface.co/y"))).isEmpty();
        var plain = Hub.from(Map.of("HF_ENDPOINT", "http://mirror.example/", "HF_TOKEN", "t"));
        assertThat(plain.tokenFor(URI.create("http://mirror.example/y"))).isEmpty();
    }

    @Test
    void proxies_are_as_the_environment_says_but_for_what_is_near() {
        var proxies =
                Proxies.from(
                        Map.of(
                                "https_proxy", "http://proxy.example:8080",
                                "NO_PROXY", "localhost, .internal,10.0.0.1"));

        assertThat(address(proxies.of(HUB))).isEqualTo("proxy.example:8080");
        assertThat(proxies.of(URI.create("http://huggingface.co/"))).isEqualTo(Proxy.NO_PROXY);
        for (var near : new String[] {"localhost", "10.0.0.1", "internal", "a.b.internal"}) {
            assertThat(proxies.of(URI.create("https://" + near + "/"))).isEqualTo(Proxy.NO_PROXY);
        }
        assertThat(proxies.of(URI.create("https://notinternal/"))).isNotEqualTo(Proxy.NO_PROXY);
        assertThat(Proxies.from(Map.of("HTTPS_PROXY", "p", "NO_PROXY", "*")).of(HUB))
                .isEqualTo(Proxy.NO_PROXY);
    }

    private static String address(Proxy proxy) {
        var address = (InetSocketAddress) proxy.address();
        return address.getHostString() + ":" + address.getPort();
    }

    @Test
    void a_proxy_that_is_none_is_said_without_its_password() {
        assertThatThrownBy(() -> Proxies.from(Map.of("HTTPS_PROXY", "socks5://me:secret@p:1")))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("HTTPS_PROXY")
                .hasMessageNotContaining("secret");
    }
}
