// The bound for the engine: llama.cpp's own loop, as its examples write it, on the same library.
//
//   gcc -O2 -o plain_loop plain_loop.c <natives>/libllama*.so <natives>/libggml*.so -Wl,-rpath,<natives>
//   plain_loop <natives> <weights> <slots> <slot tokens> <step tokens> <threads>
//
// Then one command a line on standard input, one answer a line on standard output:
//   prefill 0 | <token>... | <token>...   reads a prompt in each sequence, samples its first token
//   decode <n> | <token>... | <token>...  then samples n more in each; the reading is not timed
// Answer: <wall s> <cpu s> and the tokens, sequence after sequence. Sampling is greedy, an end of text does not end it.
// The package of natives has no headers, so what is used of release 0.5's llama.h is declared here.
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

enum { MOST = 64, LONGEST = 1 << 14 };
static void *ctx, *sampler;
static struct batch batch;
static int step_tokens, sequences, length[MOST], prompt[MOST][LONGEST], next[MOST];

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

// Reads the prompts, as many tokens a step as fit; samples the first token of each sequence.
static void prefill(void) {
    llama_memory_clear(llama_get_memory(ctx), false);
    int ends[MOST], ended = 0, rows[MOST];
    for (int seq = 0; seq < sequences; seq++) {
        for (int i = 0; i < length[seq]; i++) {
            bool last = i == length[seq] - 1;
            if (last) ends[ended] = seq, rows[ended++] = batch.n_tokens;
            add(prompt[seq][i], i, seq, last);
            if (batch.n_tokens == step_tokens || (last && seq == sequences - 1)) {
                run();
                for (int e = 0; e < ended; e++) next[ends[e]] = llama_sampler_sample(sampler, ctx, rows[e]);
                ended = 0;
            }
        }
    }
}

static void decode(int tokens, int *made) {
    for (int i = 0; i < tokens; i++) {
        for (int seq = 0; seq < sequences; seq++) {
            made[seq * tokens + i] = next[seq];
            add(next[seq], length[seq] + i, seq, true);
        }
        run();
        for (int seq = 0; seq < sequences; seq++) next[seq] = llama_sampler_sample(sampler, ctx, seq);
    }
}

static void load(char **argv) {
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
        exit(1);
    }
    batch = llama_batch_init(step_tokens, 0, 1);
    batch.n_tokens = 0;
    sampler = llama_sampler_chain_init(llama_sampler_chain_default_params());
    llama_sampler_chain_add(sampler, llama_sampler_init_greedy());
}

// Fills prompt, length and sequences from "| 1 2 3 | 4 5".
static void read_prompts(void) {
    sequences = 0;
    for (char *t; (t = strtok(NULL, " \n"));) {
        if (*t == '|') {
            length[sequences++] = 0;
        } else {
            prompt[sequences - 1][length[sequences - 1]++] = atoi(t);
        }
    }
}

int main(int argc, char **argv) {
    if (argc != 7) {
        fprintf(stderr, "usage: plain_loop natives weights slots slot-tokens step-tokens threads\n");
        return 2;
    }
    load(argv);
    printf("ready\n");
    fflush(stdout);
    static char line[1 << 20];
    while (fgets(line, sizeof line, stdin)) {
        bool decodes = strcmp(strtok(line, " \n"), "decode") == 0;
        int tokens = atoi(strtok(NULL, " \n"));
        read_prompts();
        int *made = malloc(sizeof(int) * (tokens * sequences + 1));
        double wall = now(CLOCK_MONOTONIC), cpu = now(CLOCK_PROCESS_CPUTIME_ID);
        prefill();
        if (decodes) {
            wall = now(CLOCK_MONOTONIC), cpu = now(CLOCK_PROCESS_CPUTIME_ID);
            decode(tokens, made);
        }
        printf("%.6f %.6f", now(CLOCK_MONOTONIC) - wall, now(CLOCK_PROCESS_CPUTIME_ID) - cpu);
        for (int i = 0; i < tokens * sequences; i++) printf(" %d", made[i]);
        printf("\n");
        fflush(stdout);
        free(made);
    }
    return 0;
}
