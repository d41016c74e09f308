package org.deepseekplugin.emulator.aws.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deepseekplugin.emulator.aws.protocol.SignatureV4.Verdict;
import org.deepseekplugin.emulator.wire.WireRequest;
import org.deepseekplugin.platform.security.Secret;
import org.junit.jupiter.api.Test;

/// Against the published vectors of the "AWS Signature Version 4 test suite".
final class SignatureV4Test {
    private static final Instant SIGNED_AT = Instant.parse("2015-08-30T12:36:00Z");
    private static final Secret KEY = new Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    private static final String GET_VANILLA =
            "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";
    private static final String POST_VANILLA =
            "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b";
    private static final String GET_VANILLA_QUERY_ORDER_KEY_CASE =
            "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500";

    @Test
    void accepts_the_published_signatures() {
        assertThat(check(request("GET", "", GET_VANILLA), SIGNED_AT)).isEqualTo(Verdict.GENUINE);
        assertThat(check(request("POST", "", POST_VANILLA), SIGNED_AT)).isEqualTo(Verdict.GENUINE);
        var query = request("GET", "Param2=value2&Param1=value1", GET_VANILLA_QUERY_ORDER_KEY_CASE);
        assertThat(check(query, SIGNED_AT)).isEqualTo(Verdict.GENUINE);
    }

    @Test
    void refuses_what_was_changed_on_the_way() {
        assertThat(check(request("POST", "", GET_VANILLA), SIGNED_AT)).isEqualTo(Verdict.WRONG);
        assertThat(check(request("GET", "a=b", GET_VANILLA), SIGNED_AT)).isEqualTo(Verdict.WRONG);
        var good = request("GET", "", GET_VANILLA);
        var withBody = new WireRequest("GET", "/", "", good.headers(), "x");
        assertThat(check(withBody, SIGNED_AT)).isEqualTo(Verdict.WRONG);
    }

    @Test
    void refuses_old_and_future_requests() {
        var request = request("GET", "", GET_VANILLA);

        assertThat(check(request, SIGNED_AT.plusSeconds(301))).isEqualTo(Verdict.EXPIRED);
        assertThat(check(request, SIGNED_AT.minusSeconds(301))).isEqualTo(Verdict.EXPIRED);
        assertThat(check(request, SIGNED_AT.plusSeconds(299))).isEqualTo(Verdict.GENUINE);
    }

    @Test
    void finds_no_claim_in_other_headers() {
        var request =
                new WireRequest("GET", "/", "", Map.of("authorization", List.of("Bearer x")), "");

        assertThat(SignatureV4.claim(request)).isEmpty();
    }

    private static Verdict check(WireRequest request, Instant now) {
        var claim = SignatureV4.claim(request).orElseThrow();
        return new SignatureV4(InstantSource.fixed(now)).check(request, claim, KEY);
    }

    private static WireRequest request(String method, String query, String signature) {
        var headers = new HashMap<String, List<String>>();
        headers.put("host", List.of("example.amazonaws.com"));
        headers.put("x-amz-date", List.of("20150830T123600Z"));
        headers.put(
                "authorization",
                List.of(
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                                + " SignedHeaders=host;x-amz-date, Signature="
                                + signature));
        return new WireRequest(method, "/", query, headers, "");
    }
}
