package org.deepseekplugin.protocol;

import java.util.List;
import java.util.Map;

/// One engine a node shall run.
///
/// @param replica the replica it is; unique on the node
/// @param engine the launcher's name: `llama`, later `onnx`, `vllm`, `sglang`
/// @param model the name of the weights, and what clients see in answers
/// @param weights files to pull and verify first
/// @param options the engine's own settings, such as `context-tokens`, `slots`, `threads`
public record EngineSpec(
        String replica,
        String engine,
        String model,
        List<WeightsFile> weights,
        Map<String, String> options,
        Unknown unknown) {}
