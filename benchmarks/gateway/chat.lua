-- A 1 KB question; BENCH_STREAM=true asks the events' address for a stream.
local stream = os.getenv("BENCH_STREAM") or "false"
wrk.method = "POST"
wrk.path = stream == "true" and "/v1/completions" or "/v1/chat/completions"
wrk.headers["Authorization"] = "Bearer sk-benchmark"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"stream":' .. stream .. ',"model":"gpt-4-turbo","messages":[{"role":"user","content":"'
    .. string.rep("x", 920) .. '"}]}'
