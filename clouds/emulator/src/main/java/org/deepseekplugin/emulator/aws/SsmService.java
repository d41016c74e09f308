package org.deepseekplugin.emulator.aws;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.deepseekplugin.emulator.aws.catalogue.Image;
import org.deepseekplugin.emulator.aws.protocol.AwsCall;
import org.deepseekplugin.emulator.aws.protocol.AwsError;
import org.deepseekplugin.emulator.aws.protocol.AwsService;
import org.deepseekplugin.emulator.aws.protocol.AwsService.Asked;
import org.deepseekplugin.emulator.aws.protocol.Params;
import org.deepseekplugin.emulator.wire.WireAnswer;
import org.deepseekplugin.emulator.wire.WireRequest;
import org.deepseekplugin.platform.errors.PlatformException;
import org.deepseekplugin.platform.json.Json;

/// The public parameters that hold image ids: SSM's `GetParameter`, in AWS' JSON 1.1 protocol.
final class SsmService implements AwsService {
    private static final String JSON = "application/x-amz-json-1.1";
    private static final String PREFIX = "AmazonSSM.";

    private final InstantSource clock;

    SsmService(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Asked read(WireRequest request) {
        var target = request.header("x-amz-target").orElse("");
        var action = target.startsWith(PREFIX) ? target.substring(PREFIX.length()) : target;
        var params = new TreeMap<String, String>();
        try {
            Json.tree(request.body().getBytes(StandardCharsets.UTF_8))
                    .properties()
                    .forEach(field -> params.put(field.getKey(), field.getValue().asString("")));
        } catch (PlatformException malformed) {
            throw new AwsError("SerializationException", "The body is not valid JSON.");
        }
        return new Asked(action, new Params(params));
    }

    @Override
    public WireAnswer run(AwsCall call) {
        return switch (call.action()) {
            case "GetParameter" -> parameter(call);
            default ->
                    throw new AwsError(
                            "UnknownOperationException", "No operation " + call.action() + ".");
        };
    }

    private WireAnswer parameter(AwsCall call) {
        var name = call.params().text("Name");
        if (name.isEmpty()) {
            throw new AwsError("ValidationException", "Name must not be empty.");
        }
        var image =
                Image.byParameter(call.region(), name.get())
                        .orElseThrow(() ->
                                new AwsError("ParameterNotFound", "No parameter " + name.get()));
        var parameter =
                Map.of(
                        "Name",
                        image.parameter(),
                        "Type",
                        "String",
                        "Value",
                        image.id(),
                        "Version",
                        1,
                        "LastModifiedDate",
                        clock.instant().getEpochSecond(),
                        "ARN",
                        "arn:aws:ssm:" + call.region() + "::parameter" + image.parameter(),
                        "DataType",
                        "text");
        return WireAnswer.of(200, JSON, Json.write(Map.of("Parameter", parameter)))
                .with(Map.of("x-amzn-RequestId", call.requestId()));
    }

    @Override
    public WireAnswer error(AwsError error, String requestId) {
        var body = Map.of("__type", error.code(), "message", error.sentence());
        return WireAnswer.of(error.status(), JSON, Json.write(body))
                .with(Map.of("x-amzn-RequestId", requestId));
    }

    @Override
    public String unknownKeyCode() {
        return "UnrecognizedClientException";
    }
}
