package org.deepseekplugin.cloud.testkit.conformance;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Skips, aloud, the contracts that need what the cloud under test lacks.
final class SkippedForLack implements ExecutionCondition {
    static final String ALOUD = "SKIPPED, ";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext test) {
        return test.getTestMethod()
                .map(Contract::of)
                .flatMap(contract -> contract.lacking(cloud(test)))
                .map(gap -> ConditionEvaluationResult.disabled(ALOUD + gap))
                .orElseGet(() -> ConditionEvaluationResult.enabled("it lacks nothing"));
    }

    private static CloudUnderTest cloud(ExtensionContext test) {
        return ((Conformance) test.getRequiredTestInstance()).cloud();
    }
}
