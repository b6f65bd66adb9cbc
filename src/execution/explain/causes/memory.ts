import type { Cause } from '../cause.ts';

const SMALLER =
  'Reduce the batch size (with gradient accumulation to keep the effective one), use mixed precision or gradient checkpointing, or a larger GPU.';
const LESS_HOST =
  'Reduce what is loaded at once (batch size, data-loader workers, caching), or use a machine with more memory.';
const SHM = 'Start the container with a larger --shm-size (or --ipc=host), or use fewer data-loader workers.';
const oom = 'TRAINING_OUT_OF_MEMORY';
const shm = 'TRAINING_SHARED_MEMORY';

/** GPU, host and shared memory. Shared memory stands first: it also speaks of devices without space and of bus errors. */
export const memoryCauses: readonly Cause[] = [
  {
    code: shm,
    pattern: /insufficient shared memory \(shm\)|out of shared memory|shared memory limit/iu,
    remedy: SHM,
  },
  {
    code: shm,
    pattern:
      /(?:\/dev\/shm|psm_\w+|torch_\d+_\d+(?:_\d+)?>?|unable to open shared memory object).*(?:No space left|not enough|too small|Errno 28)/iu,
    remedy: SHM,
  },
  { code: shm, pattern: /(?:No space left|Errno 28).*(?:\/dev\/shm|psm_\w+|\/torch_\d+)/iu, remedy: SHM },
  { code: shm, pattern: /killed by signal: Bus error/iu, remedy: SHM },
  {
    code: shm,
    pattern: /NCCL.*(?:shm|shared memory).*(?:failed|error)|Error while creating shared memory segment/iu,
    remedy: SHM,
  },
  { code: oom, pattern: /\b(?:CUDA|HIP|XPU|MPS|NPU|ROCm)\b[^\n]*\bout of memory\b/iu, remedy: SMALLER },
  { code: oom, pattern: /torch(?:\.cuda)?\.OutOfMemoryError/u, remedy: SMALLER },
  {
    code: oom,
    pattern:
      /(?:CUBLAS|CUDNN|CUFFT|CUSPARSE|CUSOLVER)_(?:STATUS_)?(?:ALLOC_FAILED|INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED)/u,
    remedy: SMALLER,
  },
  {
    code: oom,
    pattern:
      /cudaErrorMemoryAllocation|CUDA_ERROR_OUT_OF_MEMORY|cudaMalloc failed|cuMemAlloc\w* (?:results in|failed)|cudaMemGetInfo.*out of memory/u,
    remedy: SMALLER,
  },
  {
    code: oom,
    pattern: /\bRESOURCE_EXHAUSTED\b|ResourceExhausted(?:Error)?\b|\bOOM when allocating tensor\b/u,
    remedy: SMALLER,
  },
  {
    code: oom,
    pattern:
      /RMM failure|out_of_memory: CUDA|No available memory for the cache blocks|GPU memory (?:is )?(?:exhausted|insufficient)|not enough GPU memory/iu,
    remedy: SMALLER,
  },
  { code: oom, pattern: /NCCL[^\n]*out of memory/iu, remedy: SMALLER },
  { code: oom, pattern: /Failed to allocate memory for requested buffer of size/u, remedy: SMALLER },
  {
    code: oom,
    pattern: /cuDNN error: CUDNN_STATUS_NOT_INITIALIZED|CUBLAS_STATUS_NOT_INITIALIZED/u,
    message: 'The GPU library could not be initialized, probably because GPU memory ran out ($&).',
    remedy: SMALLER,
  },
  { code: oom, pattern: /Unable to allocate [\d.]+ [KMGTPE]?i?B\b/u, remedy: LESS_HOST },
  { code: oom, pattern: /(?:^|[\s.])_?(?:Array)?MemoryError\b/u, remedy: LESS_HOST },
  { code: oom, pattern: /\bstd::bad_alloc\b/u, remedy: LESS_HOST },
  { code: oom, pattern: /DefaultCPUAllocator: (?:can't allocate|not enough) memory/u, remedy: LESS_HOST },
  {
    code: oom,
    pattern: /JavaScript heap out of memory/u,
    remedy: 'Raise the heap with NODE_OPTIONS=--max-old-space-size=8192 (MB), or load less data at once.',
  },
  {
    code: oom,
    pattern: /java\.lang\.OutOfMemoryError/u,
    remedy: 'Raise the Java heap (-Xmx, or spark.driver.memory / spark.executor.memory).',
  },
  {
    code: oom,
    pattern: /fatal error: runtime: (?:out of memory|cannot allocate)|runtime: out of memory/u,
    remedy: LESS_HOST,
  },
  { code: oom, pattern: /memory allocation of \d+ bytes failed/u, remedy: LESS_HOST },
  { code: oom, pattern: /(?:ERROR: |LoadError: )OutOfMemoryError\(\)/u, remedy: LESS_HOST },
  { code: oom, pattern: /cannot allocate vector of (?:size|length)/u, remedy: LESS_HOST },
  {
    code: oom,
    pattern:
      /Arrow(?:\w*)MemoryError|malloc of size \d+ failed|failed to allocate \d+ bytes|realloc of size \d+ failed/iu,
    remedy: LESS_HOST,
  },
  {
    code: oom,
    pattern: /\[Errno 12\]|Cannot allocate memory|ENOMEM\b|Not enough memory resources|insufficient memory/iu,
    remedy: LESS_HOST,
  },
  {
    code: oom,
    pattern:
      /oom[-_]kill(?:er|ed)?\b|Out of memory: Killed process|Exceeded (?:job|step) memory limit|OOMKilled|Memory cgroup out of memory/iu,
    remedy: LESS_HOST,
  },
  {
    code: oom,
    pattern:
      /(?:killed|terminated) due to (?:the )?(?:node )?(?:running )?(?:low on |out of )?memory|ray\.exceptions\.OutOfMemoryError/iu,
    remedy: LESS_HOST,
  },
  {
    code: oom,
    pattern:
      /DataLoader worker \(pid\(?s?\)? [\d, ]+\) (?:is |are )?(?:killed by signal: Killed|exited unexpectedly)/u,
    message: 'A data-loader worker was killed, probably because memory ran out ($&).',
    remedy: 'Use fewer data-loader workers or smaller batches, or a machine with more memory.',
  },
  {
    code: oom,
    pattern:
      /Signal 9 \(SIGKILL\) received by PID \d+|exitcode\s*: -9\b|exit(?:s|ed)? with (?:return |exit )?code:? ?=? ?-9\b|died with <Signals\.SIGKILL: 9>|terminated with signal SIGKILL|^(?:\S+: (?:line )?\d+: +)?(?:\d+ )?Killed\b.{0,200}$/mu,
    message: 'A process of the training was killed, probably because memory ran out ($&).',
    remedy: LESS_HOST,
  },
  {
    code: oom,
    pattern: /TerminatedWorkerError|BrokenProcessPool|A process in the process pool was terminated abruptly/u,
    message: 'A worker process died without a word, probably because memory ran out ($&).',
    remedy: 'Use fewer workers or smaller batches, or a machine with more memory.',
  },
];
