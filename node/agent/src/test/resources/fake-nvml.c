/* A driver without a GPU: the functions that the agent calls, with nvml.h's own signatures and numbers.
 * Device 0 is a whole A100, device 1 one that is cut into MIG slices, device 2 fell off the bus.
 * -DBROKEN: the driver is not loaded. -DOLD: a driver that does not know MIG. */
#include <string.h>

typedef int nvmlReturn_t;
typedef struct fake *nvmlDevice_t;
typedef struct { unsigned long long total, free, used; } nvmlMemory_t;
typedef struct { unsigned int gpu, memory; } nvmlUtilization_t;
enum {
    NVML_SUCCESS = 0, NVML_ERROR_UNINITIALIZED = 1, NVML_ERROR_INVALID_ARGUMENT = 2, NVML_ERROR_NOT_SUPPORTED = 3,
    NVML_ERROR_INSUFFICIENT_SIZE = 7, NVML_ERROR_DRIVER_NOT_LOADED = 9, NVML_ERROR_GPU_IS_LOST = 15
};

struct fake { int index; };
static struct fake devices[] = {{0}, {1}, {2}};
static int initialised;

static nvmlReturn_t text(const char *value, char *buffer, unsigned int length) {
    if (!initialised) return NVML_ERROR_UNINITIALIZED;
    if (strlen(value) >= length) return NVML_ERROR_INSUFFICIENT_SIZE;
    strcpy(buffer, value);
    return NVML_SUCCESS;
}

static nvmlReturn_t number(unsigned int value, unsigned int *out) {
    if (!initialised) return NVML_ERROR_UNINITIALIZED;
    *out = value;
    return NVML_SUCCESS;
}

nvmlReturn_t nvmlInit_v2(void) {
#ifdef BROKEN
    return NVML_ERROR_DRIVER_NOT_LOADED;
#else
    initialised = 1;
    return NVML_SUCCESS;
#endif
}

nvmlReturn_t nvmlShutdown(void) { initialised = 0; return NVML_SUCCESS; }

const char *nvmlErrorString(nvmlReturn_t code) {
    return code == NVML_ERROR_DRIVER_NOT_LOADED ? "Driver Not Loaded" : "Unknown Error";
}

nvmlReturn_t nvmlSystemGetDriverVersion(char *version, unsigned int length) { return text("550.54.15", version, length); }

nvmlReturn_t nvmlSystemGetCudaDriverVersion_v2(int *version) { return number(12040, (unsigned int *) version); }

nvmlReturn_t nvmlDeviceGetCount_v2(unsigned int *count) { return number(3, count); }

nvmlReturn_t nvmlDeviceGetHandleByIndex_v2(unsigned int index, nvmlDevice_t *device) {
    if (!initialised) return NVML_ERROR_UNINITIALIZED;
    if (index > 2) return NVML_ERROR_INVALID_ARGUMENT;
    if (index == 2) return NVML_ERROR_GPU_IS_LOST;
    *device = &devices[index];
    return NVML_SUCCESS;
}

nvmlReturn_t nvmlDeviceGetName(nvmlDevice_t device, char *name, unsigned int length) {
    return text(device->index == 0 ? "NVIDIA A100-SXM4-80GB" : "NVIDIA A100-SXM4-40GB", name, length);
}

nvmlReturn_t nvmlDeviceGetUUID(nvmlDevice_t device, char *uuid, unsigned int length) {
    return text(device->index == 0 ? "GPU-5f0c8d2a-0000-4000-8000-000000000000" : "GPU-5f0c8d2a-0000-4000-8000-000000000001",
                uuid, length);
}

nvmlReturn_t nvmlDeviceGetMemoryInfo(nvmlDevice_t device, nvmlMemory_t *memory) {
    memory->total = (device->index == 0 ? 81920ULL : 40960ULL) << 20;
    memory->used = 1234ULL << 20;
    memory->free = memory->total - memory->used;
    return NVML_SUCCESS;
}

nvmlReturn_t nvmlDeviceGetUtilizationRates(nvmlDevice_t device, nvmlUtilization_t *utilization) {
    if (device->index == 1) return NVML_ERROR_NOT_SUPPORTED;
    utilization->gpu = 37;
    utilization->memory = 99;
    return NVML_SUCCESS;
}

nvmlReturn_t nvmlDeviceGetTemperature(nvmlDevice_t device, int sensor, unsigned int *celsius) {
    return sensor == 0 ? number(54 + device->index, celsius) : NVML_ERROR_INVALID_ARGUMENT;
}

nvmlReturn_t nvmlDeviceGetPowerUsage(nvmlDevice_t device, unsigned int *milliwatts) { return number(250123, milliwatts); }

#ifndef OLD
nvmlReturn_t nvmlDeviceGetMigMode(nvmlDevice_t device, unsigned int *current, unsigned int *pending) {
    *pending = 1;
    return number(device->index == 1, current);
}
#endif
