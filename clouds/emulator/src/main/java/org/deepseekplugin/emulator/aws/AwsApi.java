package org.deepseekplugin.emulator.aws;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.deepseekplugin.emulator.aws.AwsService.Asked;
import org.deepseekplugin.emulator.aws.SignatureV4.Claim;
import org.deepseekplugin.emulator.faults.Fault;
import org.deepseekplugin.emulator.faults.FaultBoard;
import org.deepseekplugin.emulator.faults.FaultMode;
import org.deepseekplugin.emulator.machines.Call;
import org.deepseekplugin.emulator.machines.CallBook;
import org.deepseekplugin.emulator.machines.Catalogue;
import org.deepseekplugin.emulator.wire.Delivery;
import org.deepseekplugin.emulator.wire.WireAnswer;
import org.deepseekplugin.emulator.wire.WireApi;
import org.deepseekplugin.emulator.wire.WireRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All regions and services of AWS behind one endpoint: the scope of the signature says which are
/// meant. Every call is in the book before its answer leaves.
final class AwsApi implements WireApi {
    private static final Logger log = LoggerFactory.getLogger(AwsApi.class);
    private static final Delivery WHOLE = new Delivery.Whole();

    private final AwsAccount account;
    private final Catalogue catalogue;
    private final AwsService ec2;
    private final Map<String, AwsService> services;
    private final FaultBoard faults;
    private final CallBook book;
    private final InstantSource clock;
    private final SignatureV4 signatures;

    /// @param ec2 answers also what is signed for a service that is not here
    /// @param services by the name in a signature's scope
    /// @param clock the emulated cloud's; signatures are checked by the computer's, as the clients'
    AwsApi(
            AwsAccount account,
            Catalogue catalogue,
            AwsService ec2,
            Map<String, AwsService> services,
            FaultBoard faults,
            CallBook book,
            InstantSource clock) {
        this.account = account;
        this.catalogue = catalogue;
        this.ec2 = ec2;
        this.services = Map.copyOf(services);
        this.faults = faults;
        this.book = book;
        this.clock = clock;
        this.signatures = new SignatureV4(InstantSource.system());
    }

    @Override
    public WireAnswer answer(WireRequest request) {
        var claim = SignatureV4.claim(request);
        var service = service(claim.map(Claim::service).orElse("ec2"));
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
        var asked = Asked.UNREADABLE;
        try {
            asked = service.read(request);
            var region = authenticated(request, claim, service);
            return disturbed(service, asked, region, requestId);
        } catch (AwsError error) {
            record(claim.map(Claim::region).orElse(""), asked, error.code(), Optional.empty());
            return service.error(error, requestId);
        }
    }

    /// The region that the genuine signature is for.
    private String authenticated(WireRequest request, Optional<Claim> claimed, AwsService service) {
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
        return claim.region();
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

    private WireAnswer disturbed(AwsService service, Asked asked, String region, String requestId) {
        var fault = faults.take(asked.action(), asked.params().values().toString());
        if (fault.isPresent() && fault.get().mode() == FaultMode.ERROR) {
            throw new AwsError(fault.get().code(), "This refusal was ordered by a test.");
        }
        int limit =
                fault.filter(one -> one.mode() == FaultMode.PARTIAL)
                        .map(Fault::n)
                        .orElse(Integer.MAX_VALUE);
        int times = fault.filter(one -> one.mode() == FaultMode.DUPLICATE).map(Fault::n).orElse(1);
        var call = new AwsCall(region, asked.action(), asked.params(), requestId, limit);
        for (int i = 1; i < times; i++) {
            run(service, asked, call, fault);
        }
        return run(service, asked, call, fault).by(fault.map(AwsApi::delivery).orElse(WHOLE));
    }

    private WireAnswer run(AwsService service, Asked asked, AwsCall call, Optional<Fault> fault) {
        WireAnswer answer;
        var result = "ok";
        try {
            answer = service.run(call);
        } catch (AwsError error) {
            answer = service.error(error, call.requestId());
            result = error.code();
        }
        record(call.region(), asked, result, fault);
        return answer;
    }

    private static Delivery delivery(Fault fault) {
        return switch (fault.mode()) {
            case ERROR, PARTIAL, DUPLICATE -> WHOLE;
            case RESET_AFTER -> new Delivery.Lost();
            case HANG_AFTER -> new Delivery.Hanging(Duration.ofSeconds(fault.n()));
            case TRUNCATE_AFTER -> new Delivery.Torn(fault.n());
            case DELAY -> new Delivery.Late(Duration.ofSeconds(fault.n()));
        };
    }

    private void record(String region, Asked asked, String result, Optional<Fault> fault) {
        book.add(
                new Call(
                        clock.instant(),
                        "aws",
                        region,
                        asked.bookedAction(),
                        asked.params().text("ClientToken").filter(token -> token.length() <= 64),
                        result,
                        fault.map(one -> one.mode().name().toLowerCase(Locale.ROOT))));
    }

    private AwsService service(String name) {
        return services.getOrDefault(name, ec2);
    }
}
