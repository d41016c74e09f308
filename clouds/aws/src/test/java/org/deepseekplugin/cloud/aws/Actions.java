package org.deepseekplugin.cloud.aws;

import org.deepseekplugin.cloud.testkit.conformance.CloudUnderTest.Operation;

/// What EC2 calls the driver's operations.
final class Actions {

    static String of(Operation operation) {
        return switch (operation) {
            case ALLOCATE -> "RunInstances";
            case LIST -> "DescribeInstances";
            case TERMINATE -> "TerminateInstances";
        };
    }

    private Actions() {}
}
