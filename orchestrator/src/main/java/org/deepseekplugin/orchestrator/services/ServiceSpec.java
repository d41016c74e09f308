package org.deepseekplugin.orchestrator.services;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deepseekplugin.platform.config.Default;
import org.deepseekplugin.platform.config.Doc;
import org.deepseekplugin.platform.config.Range;

/// What a `service.yaml` says; [ServiceFile] reads one.
public record ServiceSpec(
        @Doc("lower-case letters, digits and -; unique in its project") String name,
        @Doc("a model or an alias") String model,
        @Doc("how many copies run") Replicas replicas,
        @Doc("any of these will do; none means anywhere") List<Map<String, String>> where,
        @Doc("which of several offers is best; the cheapest if absent") Optional<Prefer> prefer,
        @Doc("a replica kept ready elsewhere") Optional<Standby> standby,
        @Doc("what serves the model") Engine engine,
        @Doc("idle for so long, the service sleeps") Optional<Duration> idleTimeout,
        @Doc("when to add or remove replicas") List<ScalingPolicy> scalingPolicies) {

    public record Replicas(
            @Default("1") @Range(min = 0, max = 1000) int min,
            @Range(min = 0, max = 1000) Optional<Integer> max) {}

    public enum Prefer {
        PRICE,
        SPOT,
        ON_DEMAND
    }

    public record Standby(String cloud, Kind kind) {
        public enum Kind {
            HOT,
            WARM,
            COLD
        }
    }

    /// @param options the engine's own, over those of the model
    /// @param enableFlashAttn another spelling of `flash-attention`
    /// @param preloadModel another spelling of `preload`
    public record Engine(
            @Default("auto") Name name,
            Optional<Boolean> flashAttention,
            Optional<Boolean> preload,
            Optional<Boolean> enableFlashAttn,
            Optional<Boolean> preloadModel,
            Map<String, String> options) {

        public enum Name {
            AUTO,
            LLAMA,
            ONNX,
            VLLM,
            SGLANG
        }

        static final Engine AUTO =
                new Engine(
                        Name.AUTO,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of());
    }

    /// @param threshold a share such as `85%`, or a number
    public record ScalingPolicy(
            String metric,
            String threshold,
            Action action,
            Optional<Duration> cooldown,
            Optional<String> cloudProvider) {
        public enum Action {
            SCALE_OUT,
            SCALE_IN,
            ADD_NODE,
            REMOVE_NODE
        }
    }

    /// As many replicas of the model as said, in one place.
    public static ServiceSpec simple(
            String name, String model, int replicas, List<Map<String, String>> where) {
        return new ServiceSpec(
                name,
                model,
                new Replicas(replicas, Optional.empty()),
                where,
                Optional.empty(),
                Optional.empty(),
                Engine.AUTO,
                Optional.empty(),
                List.of());
    }
}
