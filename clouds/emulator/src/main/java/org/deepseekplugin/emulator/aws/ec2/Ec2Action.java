package org.deepseekplugin.emulator.aws.ec2;

import java.util.Set;
import org.deepseekplugin.emulator.aws.protocol.AwsCall;
import org.deepseekplugin.emulator.aws.protocol.Xml;

/// One action of EC2.
interface Ec2Action {

    /// The parameters it knows, by the part of their names before the first dot. Others are errors.
    Set<String> parameters();

    /// Does the work, then writes the answer's elements.
    ///
    /// @throws AwsError to refuse
    void run(AwsCall call, Xml out);

    /// Whether a dry run must ask the action itself, which then refuses or throws
    /// `DryRunOperation`.
    default boolean rehearses() {
        return false;
    }
}
