package org.deepseekplugin.cloud.aws;

import java.util.function.Function;
import org.deepseekplugin.cloud.spi.CloudCalls;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ssm.SsmClient;

/// The only way to AWS: every call passes [CloudCalls], which gives it a deadline, its turn in the
/// account's budget, an audit record and a meter. Thread-safe.
final class AwsCalls implements AutoCloseable {
    private final AwsClients clients;
    private final CloudCalls calls;

    AwsCalls(AwsClients clients, CloudCalls calls) {
        this.clients = clients;
        this.calls = calls;
    }

    /// A call that is safe to repeat; a broken connection is.
    <T> T query(String action, String region, Function<Ec2Client, T> call) throws Exception {
        return calls.around(action, region, () -> call.apply(clients.in(region).query()));
    }

    /// A call that must not be repeated blindly.
    <T> T launch(String action, String region, Function<Ec2Client, T> call) throws Exception {
        return calls.around(action, region, () -> call.apply(clients.in(region).launch()));
    }

    /// A call to the parameter store, safe to repeat.
    <T> T parameters(String action, String region, Function<SsmClient, T> call) throws Exception {
        return calls.around(action, region, () -> call.apply(clients.in(region).parameters()));
    }

    @Override
    public void close() {
        clients.close();
    }
}
