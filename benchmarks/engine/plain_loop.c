// The bound for the engine: llama.cpp's own loop, as its examples write it, on the same library.
//
//   gcc -O2 -o plain_loop plain_loop.c <natives>/libllama*.so <natives>/libggml*.so -Wl,-rpath,<natives>
//   plain_loop <natives> <weights> <slots> <slot tokens> <step tokens> <threads>
//
// Then one command a line on standard input, one answer a line on standard output:
//   prefill <sequences> <token>...     reads the prompt in each sequence       -> <wall s> <cpu s>
//   decode <sequences> <n> <token>...  then samples n tokens greedily in each  -> <wall s> <cpu s> <token>...
// The prompt's reading is not in decode's time. Structs are those of release 0.5's llama.h.
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct model_params {
    void *devices, *tensor_buft_overrides;
    int32_t n_gpu_layers, split_mode, load_mode, lazy_mode, main_gpu;
    const float *tensor_split;
    void *progress_callback, *progress_callback_user_data, *kv_overrides;
    bool vocab_only, check_tensors, use_extra_bufts, no_host, no_alloc, load_mtp;
};

struct context_params {
    uint32_t n_ctx, n_batch, n_ubatch, n_seq_max, n_rs_seq, n_outputs_max, n_outputs_max_per_seq;
    int32_t n_threads, n_threads_batch;
    int32_t ctx_type, rope_scaling_type, pooling_type, attention_type, flash_attn_type;
    float rope_freq_base, rope_freq_scale, yarn_ext_factor, yarn_attn_factor, yarn_beta_fast, yarn_beta_slow;
    uint32_t yarn_orig_ctx;
    float defrag_thold;
    void *cb_eval, *cb_eval_user_data;
    int32_t type_k, type_v;
    void *abort_callback, *abort_callback_data;
    bool embeddings, offload_kqv, no_perf, op_offload, swa_full, kv_unified;
    void *samplers;
    size_t n_samplers;
    void *ctx_other;
};

struct batch {
    int32_t n_tokens;
    int32_t *token;
    float *embd;
    int32_t *pos, *n_seq_id, **seq_id;
    int8_t *logits;
};

struct chain_params { bool no_perf; };

void ggml_backend_load_all_from_path(const char *);
void llama_backend_init(void);
void llama_log_set(void (*)(int, const char *, void *), void *);
struct model_params llama_model_default_params(void);
struct context_params llama_context_default_params(void);
void *llama_model_load_from_file(const char *, struct model_params);
void *llama_init_from_model(void *, struct context_params);
void *llama_get_memory(void *);
void llama_memory_clear(void *, bool);
struct batch llama_batch_init(int32_t, int32_t, int32_t);
int32_t llama_decode(void *, struct batch);
struct chain_params llama_sampler_chain_default_params(void);
void *llama_sampler_chain_init(struct chain_params);
void llama_sampler_chain_add(void *, void *);
void *llama_sampler_init_greedy(void);
int32_t llama_sampler_sample(void *, void *, int32_t);

static void *ctx;
static struct batch batch;
static int step_tokens;

static void silent(int level, const char *text, void *data) {
    (void)level, (void)text, (void)data;
}

static double now(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}

static void add(int token, int pos, int seq, bool logits) {
    int i = batch.n_tokens++;
    batch.token[i] = token;
    batch.pos[i] = pos;
    batch.n_seq_id[i] = 1;
    batch.seq_id[i][0] = seq;
    batch.logits[i] = logits;
}

static void run(void) {
    if (llama_decode(ctx, batch) != 0) {
        fprintf(stderr, "llama_decode failed\n");
        exit(1);
    }
    batch.n_tokens = 0;
}

// Reads the prompt in every sequence, full steps as far as it goes; samples the first tokens.
static void prefill(int sequences, const int *prompt, int n, void *sampler, int *next) {
    llama_memory_clear(llama_get_memory(ctx), false);
    for (int seq = 0; seq < sequences; seq++) {
        for (int i = 0; i < n; i++) {
            add(prompt[i], i, seq, i == n - 1);
            if (batch.n_tokens == step_tokens || i == n - 1) {
                int last = batch.n_tokens - 1;
                run();
                if (i == n - 1) next[seq] = llama_sampler_sample(sampler, ctx, last);
            }
        }
    }
}

int main(int argc, char **argv) {
    if (argc != 7) {
        fprintf(stderr, "usage: plain_loop natives weights slots slot-tokens step-tokens threads\n");
        return 2;
    }
    step_tokens = atoi(argv[5]);
    llama_log_set(silent, NULL);
    ggml_backend_load_all_from_path(argv[1]);
    llama_backend_init();
    void *model = llama_model_load_from_file(argv[2], llama_model_default_params());
    struct context_params params = llama_context_default_params();
    int slots = atoi(argv[3]);
    params.n_ctx = slots * atoi(argv[4]);
    params.n_batch = params.n_ubatch = step_tokens;
    params.n_seq_max = slots;
    params.n_outputs_max = slots;
    params.n_threads = params.n_threads_batch = atoi(argv[6]);
    ctx = model ? llama_init_from_model(model, params) : NULL;
    if (!ctx) {
        fprintf(stderr, "cannot load %s\n", argv[2]);
        return 1;
    }
    batch = llama_batch_init(step_tokens, 0, 1);
    batch.n_tokens = 0;
    void *sampler = llama_sampler_chain_init(llama_sampler_chain_default_params());
    llama_sampler_chain_add(sampler, llama_sampler_init_greedy());
    printf("ready\n");
    fflush(stdout);

    static char line[1 << 20];
    static int prompt[1 << 16];
    while (fgets(line, sizeof line, stdin)) {
        char *command = strtok(line, " \n");
        bool decode = command && strcmp(command, "decode") == 0;
        int sequences = atoi(strtok(NULL, " \n"));
        int tokens = decode ? atoi(strtok(NULL, " \n")) : 0;
        int n = 0;
        for (char *t; (t = strtok(NULL, " \n"));) prompt[n++] = atoi(t);

        int next[64];
        double wall = now(CLOCK_MONOTONIC), cpu = now(CLOCK_PROCESS_CPUTIME_ID);
        prefill(sequences, prompt, n, sampler, next);
        int *made = malloc(sizeof(int) * (tokens + 1));
        if (decode) {
            wall = now(CLOCK_MONOTONIC), cpu = now(CLOCK_PROCESS_CPUTIME_ID);
            for (int i = 0; i < tokens; i++) {
                made[i] = next[0];
                for (int seq = 0; seq < sequences; seq++) add(next[seq], n + i, seq, true);
                run();
                for (int seq = 0; seq < sequences; seq++) next[seq] = llama_sampler_sample(sampler, ctx, seq);
            }
        }
        printf("%.6f %.6f", now(CLOCK_MONOTONIC) - wall, now(CLOCK_PROCESS_CPUTIME_ID) - cpu);
        for (int i = 0; i < tokens; i++) printf(" %d", made[i]);
        printf("\n");
        fflush(stdout);
        free(made);
    }
    return 0;
}
