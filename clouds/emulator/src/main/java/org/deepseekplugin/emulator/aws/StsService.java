package org.deepseekplugin.emulator.aws;

import org.deepseekplugin.emulator.aws.protocol.AwsAccount;
import org.deepseekplugin.emulator.aws.protocol.AwsCall;
import org.deepseekplugin.emulator.aws.protocol.AwsError;
import org.deepseekplugin.emulator.aws.protocol.AwsService;
import org.deepseekplugin.emulator.aws.protocol.AwsService.Asked;
import org.deepseekplugin.emulator.aws.protocol.Params;
import org.deepseekplugin.emulator.aws.protocol.Xml;
import org.deepseekplugin.emulator.wire.WireAnswer;
import org.deepseekplugin.emulator.wire.WireRequest;

/// Who am I: STS' `GetCallerIdentity`, in its own kind of Query protocol.
final class StsService implements AwsService {
    private static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";
    private static final String XML = "text/xml";

    private final AwsAccount account;

    StsService(AwsAccount account) {
        this.account = account;
    }

    @Override
    public Asked read(WireRequest request) {
        var params = Params.decode(request.body());
        return new Asked(params.text("Action").orElse("MissingAction"), params);
    }

    @Override
    public WireAnswer run(AwsCall call) {
        if (!call.action().equals("GetCallerIdentity")) {
            throw new AwsError(
                    "InvalidAction",
                    "Could not find operation " + call.action() + " for version 2011-06-15");
        }
        var out = new Xml();
        out.in(
                        "GetCallerIdentityResult",
                        result ->
                                result.text(
                                                "Arn",
                                                "arn:aws:iam::"
                                                        + account.number()
                                                        + ":user/emulator")
                                        .text("UserId", "AIDA" + account.accessKeyId().substring(4))
                                        .text("Account", account.number()))
                .in("ResponseMetadata", data -> data.text("RequestId", call.requestId()));
        return WireAnswer.of(200, XML, element("GetCallerIdentityResponse", out));
    }

    @Override
    public WireAnswer error(AwsError error, String requestId) {
        var out = new Xml();
        out.in(
                        "Error",
                        one ->
                                one.text("Type", error.status() < 500 ? "Sender" : "Receiver")
                                        .text("Code", error.code())
                                        .text("Message", error.sentence()))
                .text("RequestId", requestId);
        return WireAnswer.of(error.status(), XML, element("ErrorResponse", out));
    }

    @Override
    public String unknownKeyCode() {
        return "InvalidClientTokenId";
    }

    private static String element(String name, Xml content) {
        return "<" + name + " xmlns=\"" + NAMESPACE + "\">" + content + "</" + name + ">";
    }
}
