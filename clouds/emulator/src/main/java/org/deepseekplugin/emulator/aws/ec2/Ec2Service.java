package org.deepseekplugin.emulator.aws.ec2;

import java.util.Map;
import java.util.Set;
import org.deepseekplugin.emulator.aws.protocol.AwsCall;
import org.deepseekplugin.emulator.aws.protocol.AwsError;
import org.deepseekplugin.emulator.aws.protocol.AwsService;
import org.deepseekplugin.emulator.aws.protocol.Params;
import org.deepseekplugin.emulator.aws.protocol.Xml;
import org.deepseekplugin.emulator.wire.WireAnswer;
import org.deepseekplugin.emulator.wire.WireRequest;

/// EC2's Query protocol: a form goes in, XML comes out.
final class Ec2Service implements AwsService {
    private static final String VERSION = "2016-11-15";
    private static final String NAMESPACE = "http://ec2.amazonaws.com/doc/" + VERSION + "/";
    private static final String XML = "text/xml;charset=UTF-8";
    private static final String PROLOGUE = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    private static final Set<String> COMMON = Set.of("Action", "Version", "DryRun");

    private final Map<String, Ec2Action> actions;

    Ec2Service(Map<String, Ec2Action> actions) {
        this.actions = Map.copyOf(actions);
    }

    @Override
    public Asked read(WireRequest request) {
        var form = request.method().equals("GET") ? request.query() : request.body();
        var params = Params.decode(form);
        return new Asked(params.text("Action").orElse("MissingAction"), params);
    }

    @Override
    public WireAnswer run(AwsCall call) {
        var action = actions.get(call.action());
        if (action == null) {
            throw new AwsError(
                    "InvalidAction",
                    "The action %s is not valid for this web service.".formatted(call.action()));
        }
        check(call, action);
        var out = new Xml();
        out.text("requestId", call.requestId());
        action.run(call, out);
        var name = call.action() + "Response";
        return WireAnswer.of(
                200,
                XML,
                PROLOGUE + "<" + name + " xmlns=\"" + NAMESPACE + "\">" + out + "</" + name + ">");
    }

    private static void check(AwsCall call, Ec2Action action) {
        if (!call.params().required("Version").equals(VERSION)) {
            throw new AwsError("NoSuchVersion", "The requested version is not " + VERSION + ".");
        }
        for (var name : call.params().values().keySet()) {
            int dot = name.indexOf('.');
            var head = dot < 0 ? name : name.substring(0, dot);
            if (!COMMON.contains(head) && !action.parameters().contains(head)) {
                throw new AwsError(
                        "UnknownParameter", "The parameter " + head + " is not recognized");
            }
        }
        if (call.params().flag("DryRun") && !action.rehearses()) {
            throw dryRunPassed();
        }
    }

    static AwsError dryRunPassed() {
        return new AwsError(
                "DryRunOperation", "Request would have succeeded, but DryRun flag is set.");
    }

    @Override
    public WireAnswer error(AwsError error, String requestId) {
        var out = new Xml();
        out.in(
                "Response",
                response -> {
                    response.in(
                            "Errors",
                            errors ->
                                    errors.in(
                                            "Error",
                                            one ->
                                                    one.text("Code", error.code())
                                                            .text("Message", error.sentence())));
                    response.text("RequestID", requestId);
                });
        return WireAnswer.of(error.status(), XML, PROLOGUE + out);
    }

    @Override
    public String unknownKeyCode() {
        return "AuthFailure";
    }
}
