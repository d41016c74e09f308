package org.deepseekplugin.emulator.aws.protocol;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.deepseekplugin.emulator.aws.protocol.AwsService.Asked;
import org.deepseekplugin.emulator.aws.protocol.SignatureV4.Claim;
import org.deepseekplugin.emulator.clouds.Reception;
import org.deepseekplugin.emulator.clouds.Reception.Outcome;
import org.deepseekplugin.emulator.clouds.Reception.Visit;
import org.deepseekplugin.emulator.offers.Catalogue;
import org.deepseekplugin.emulator.wire.WireAnswer;
import org.deepseekplugin.emulator.wire.WireApi;
import org.deepseekplugin.emulator.wire.WireRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All regions and services of AWS behind one endpoint: the scope of the signature says which are
/// meant. Every call is in the book before its answer leaves.
public final class AwsApi implements WireApi {
    private static final Logger log = LoggerFactory.getLogger(AwsApi.class);

    private final AwsAccount account;
    private final Catalogue catalogue;
    private final AwsService ec2;
    private final Map<String, AwsService> services;
    private final Reception reception;
    private final SignatureV4 signatures = new SignatureV4(InstantSource.system());

    /// @param ec2 answers also what is signed for a service that is not here
    /// @param services by the name in a signature's scope
    public AwsApi(
            AwsAccount account,
            Catalogue catalogue,
            AwsService ec2,
            Map<String, AwsService> services,
            Reception reception) {
        this.account = account;
        this.catalogue = catalogue;
        this.ec2 = ec2;
        this.services = Map.copyOf(services);
        this.reception = reception;
    }

    @Override
    public WireAnswer answer(WireRequest request) {
        var claim = SignatureV4.claim(request);
        var service = services.getOrDefault(claim.map(Claim::service).orElse("ec2"), ec2);
        var requestId = UUID.randomUUID().toString();
        try {
            return answer(request, claim, service, requestId);
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("a call failed inside the emulator");
            var internal = new AwsError("InternalError", "An internal error has occurred.");
            return service.error(internal, requestId);
        }
    }

    private WireAnswer answer(
            WireRequest request, Optional<Claim> claim, AwsService service, String requestId) {
        var region = claim.map(Claim::region).orElse("");
        var asked = Asked.UNREADABLE;
        try {
            asked = service.read(request);
            authenticate(request, claim, service);
        } catch (AwsError error) {
            return reception.turnAway(visit(asked, region), refused(service, error, requestId));
        }
        var known = asked;
        return reception.serve(
                visit(known, region),
                code -> refused(service, ordered(code), requestId),
                limit -> run(service, call(known, region, requestId, limit)));
    }

    private static AwsError ordered(String code) {
        return new AwsError(code, "This refusal was ordered by a test.");
    }

    private static AwsCall call(Asked asked, String region, String requestId, int limit) {
        return new AwsCall(region, asked.action(), asked.params(), requestId, limit);
    }

    private static Outcome run(AwsService service, AwsCall call) {
        try {
            return new Outcome(service.run(call), "ok");
        } catch (AwsError error) {
            return refused(service, error, call.requestId());
        }
    }

    private static Outcome refused(AwsService service, AwsError error, String requestId) {
        return new Outcome(service.error(error, requestId), error.code());
    }

    private static Visit visit(Asked asked, String region) {
        return new Visit(
                "aws",
                region,
                asked.action(),
                asked.params().values().toString(),
                asked.params().text("ClientToken"));
    }

    /// @throws AwsError unless the signature is genuine, and for a region that there is
    private void authenticate(WireRequest request, Optional<Claim> claimed, AwsService service) {
        var claim =
                claimed.orElseThrow(() ->
                        new AwsError(
                                "MissingAuthenticationToken",
                                "The request must contain a valid (registered) AWS access key ID"
                                        + " and a Signature Version 4."));
        if (!claim.accessKeyId().equals(account.accessKeyId())
                || request.header("x-amz-security-token").isPresent()) {
            throw new AwsError(
                    service.unknownKeyCode(),
                    "AWS was not able to validate the provided access credentials");
        }
        checkSignature(request, claim);
        if (catalogue.zonesOf(claim.region()).isEmpty()) {
            throw new AwsError(
                    "AuthFailure",
                    "Credential should be scoped to a valid region, not '" + claim.region() + "'.");
        }
    }

    private void checkSignature(WireRequest request, Claim claim) {
        switch (signatures.check(request, claim, account.secretAccessKey())) {
            case GENUINE -> {}
            case EXPIRED -> throw new AwsError("RequestExpired", "Request has expired.");
            case WRONG ->
                    throw new AwsError(
                            "SignatureDoesNotMatch",
                            "The request signature we calculated does not match the signature you"
                                    + " provided. Check your AWS Secret Access Key and signing"
                                    + " method.");
        }
    }
}
