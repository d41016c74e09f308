package org.deepseekplugin.emulator.aws.protocol;

import java.util.Map;
import org.deepseekplugin.emulator.wire.WireAnswer;
import org.deepseekplugin.emulator.wire.WireRequest;

/// One service of AWS in its own protocol.
public interface AwsService {

    /// What is asked, not yet checked.
    record Asked(String action, Params params) {
        static final Asked UNREADABLE = new Asked("", new Params(Map.of()));
    }

    /// @throws AwsError for what cannot be read; it is then answered by [#error]
    Asked read(WireRequest request);

    /// @throws AwsError which is then answered by [#error]
    WireAnswer run(AwsCall call);

    WireAnswer error(AwsError error, String requestId);

    /// The code by which this service refuses an unknown access key.
    String unknownKeyCode();
}
