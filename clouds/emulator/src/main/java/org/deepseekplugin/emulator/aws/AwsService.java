package org.deepseekplugin.emulator.aws;

import java.util.Map;
import org.deepseekplugin.emulator.wire.WireAnswer;
import org.deepseekplugin.emulator.wire.WireRequest;

/// One service of AWS in its own protocol.
interface AwsService {

    /// What is asked, not yet checked.
    record Asked(String action, Params params) {
        static final Asked UNREADABLE = new Asked("", new Params(Map.of()));

        /// For the books: what no service calls an action is none.
        String bookedAction() {
            return action.matches("[A-Za-z]{1,64}") ? action : "unreadable";
        }
    }

    /// @throws AwsError for what cannot be read; it is then answered by [#error]
    Asked read(WireRequest request);

    /// @throws AwsError which is then answered by [#error]
    WireAnswer run(AwsCall call);

    WireAnswer error(AwsError error, String requestId);

    /// The code by which this service refuses an unknown access key.
    String unknownKeyCode();
}
