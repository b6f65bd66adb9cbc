import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explainFailure, type FailureEvidence } from '../explain.ts';

function explain(evidence: Partial<FailureEvidence>) {
  return explainFailure({
    exitCode: 1,
    signal: null,
    stderr: '',
    stdout: '',
    oomKills: 0,
    cwd: '/p',
    ...evidence,
  });
}

function raised(exception: string): string {
  return `Traceback (most recent call last):\n  File "/p/train.py", line 9, in <module>\n    go()\n${exception}\n`;
}

/** What trainings print when they fail → code of the explanation. */
const TEXTS: Record<string, string[]> = {
  TRAINING_OUT_OF_MEMORY: [
    raised(
      'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 23.69 GiB of which 1.10 GiB is free.',
    ),
    raised(
      'torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 20.00 MiB (GPU 0; 10.76 GiB total capacity)',
    ),
    raised('RuntimeError: CUDA out of memory. Tried to allocate 20.00 MiB (GPU 0; 10.76 GiB total capacity)'),
    raised(
      'RuntimeError: CUDA error: out of memory\nCUDA kernel errors might be asynchronously reported at some other API call',
    ),
    raised('RuntimeError: HIP out of memory. Tried to allocate 1.00 GiB'),
    raised(
      'RuntimeError: MPS backend out of memory (MPS allocated: 17.91 GB, other allocations: 1.2 GB, max allowed: 18.13 GB).',
    ),
    raised('RuntimeError: CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`'),
    raised('RuntimeError: cuDNN error: CUDNN_STATUS_ALLOC_FAILED'),
    raised('RuntimeError: cuDNN error: CUDNN_STATUS_NOT_INITIALIZED'),
    raised(
      'tensorflow.python.framework.errors_impl.ResourceExhaustedError: Graph execution error:\n\nDetected at node dense/MatMul\nOOM when allocating tensor with shape[4096,4096]',
    ),
    raised(
      'tensorflow.python.framework.errors_impl.InternalError: Graph execution error:\n\nFailed to allocate request: CUDA_ERROR_OUT_OF_MEMORY: out of memory',
    ),
    raised(
      'jaxlib.xla_extension.XlaRuntimeError: RESOURCE_EXHAUSTED: Out of memory while trying to allocate 17179869184 bytes.',
    ),
    raised('MemoryError'),
    raised(
      'numpy.core._exceptions._ArrayMemoryError: Unable to allocate 74.5 GiB for an array with shape (100000, 100000) and data type float64',
    ),
    raised('numpy._core._exceptions._ArrayMemoryError: Unable to allocate 7.45 GiB for an array'),
    raised(
      "RuntimeError: [enforce fail at alloc_cpu.cpp:114] data. DefaultCPUAllocator: can't allocate memory: you tried to allocate 40 bytes. Error code 12 (Cannot allocate memory)",
    ),
    raised('OSError: [Errno 12] Cannot allocate memory'),
    raised('pyarrow.lib.ArrowMemoryError: malloc of size 8589934592 failed'),
    raised('RuntimeError: DataLoader worker (pid 4711) is killed by signal: Killed. '),
    raised('RuntimeError: DataLoader worker (pid(s) 4711, 4712) exited unexpectedly'),
    raised(
      'concurrent.futures.process.BrokenProcessPool: A process in the process pool was terminated abruptly while the future was running or pending.',
    ),
    raised(
      'joblib.externals.loky.process_executor.TerminatedWorkerError: A worker process managed by the executor was unexpectedly terminated.',
    ),
    raised('xgboost.core.XGBoostError: [10:00:00] /src/c_api.cc:1: Check failed: std::bad_alloc'),
    raised(
      'cupy.cuda.memory.OutOfMemoryError: Out of memory allocating 8,000,000,000 bytes (allocated so far: 0 bytes).',
    ),
    raised('ray.exceptions.OutOfMemoryError: Task was killed due to the node running low on memory.'),
    'catboost: CUDA error 2: out of memory\n',
    "terminate called after throwing an instance of 'std::bad_alloc'\n  what():  std::bad_alloc\n",
    "thread 'main' panicked at src/main.rs:4:5:\nmemory allocation of 8589934592 bytes failed\n",
    'memory allocation of 8589934592 bytes failed\n',
    'Exception in thread "main" java.lang.OutOfMemoryError: Java heap space\n\tat Train.main(Train.java:10)\n',
    'fatal error: runtime: out of memory\n\nruntime stack:\nruntime.throw({0x1, 0x2})\n',
    'Error: cannot allocate vector of size 74.5 Gb\nExecution halted\n',
    'ERROR: LoadError: OutOfMemoryError()\nStacktrace:\n [1] Array\n   @ ./boot.jl:457 [inlined]\nin expression starting at /p/train.jl:3\n',
    'slurmstepd: error: Detected 1 oom_kill event in StepId=42.0. Some of the step tasks have been OOM Killed.\nsrun: error: node1: task 0: Out Of Memory\n',
    './run.sh: line 3: 4242 Killed                  python train.py\n',
    'epoch 1 loss 0.3\nKilled\n',
  ],
  TRAINING_SHARED_MEMORY: [
    raised(
      "RuntimeError: DataLoader worker (pid 52) is killed by signal: Bus error. It is possible that dataloader's workers are out of shared memory. Please try to raise your shared memory limit.",
    ),
    'ERROR: Unexpected bus error encountered in worker. This might be caused by insufficient shared memory (shm).\n',
    raised('RuntimeError: unable to write to file </torch_18692_1954506624_0>: No space left on device (28)'),
    raised("OSError: [Errno 28] No space left on device: '/dev/shm/x'"),
  ],
  DISK_FULL: [
    raised('OSError: [Errno 28] No space left on device'),
    raised("OSError: [Errno 122] Disk quota exceeded: '/home/u/ckpt/last.pt'"),
    raised(
      'RuntimeError: [enforce fail at inline_container.cc:603] . PytorchStreamWriter failed writing file data/12: file write failed',
    ),
    "cp: error writing 'a.bin': No space left on device\n",
    'Error: ENOSPC: no space left on device, write\n    at Object.writeSync (node:fs:935:3)\n    at file:///p/train.mjs:4:1\n',
    raised('sqlite3.OperationalError: database or disk is full'),
    raised(
      "h5py.h5.Error: Unable to synchronously write (file write failed: errno = 28, error message = 'No space left on device')",
    ),
  ],
  TRAINING_MODULE_MISSING: [
    raised("ModuleNotFoundError: No module named 'torch'"),
    '/usr/bin/python3: No module named lightning\n',
    "/usr/bin/python: Error while finding module specification for 'src.train' (ModuleNotFoundError: No module named 'src')\n",
    "Error: Cannot find module 'commander'\nRequire stack:\n- /p/train.js\n    at Module._resolveFilename (node:internal/modules/cjs/loader:1207:15)\n    at Object.<anonymous> (/p/train.js:1:1)\n",
    'Error in library(keras) : there is no package called ‘keras’\nExecution halted\n',
    raised('ImportError: libcudart.so.11.0: cannot open shared object file: No such file or directory'),
    raised("ImportError: /usr/lib/libstdc++.so.6: version `GLIBCXX_3.4.29' not found (required by /x/a.so)"),
    raised(
      "ImportError: cannot import name 'AdamW' from 'transformers' (/x/site-packages/transformers/__init__.py)",
    ),
    'ERROR: LoadError: ArgumentError: Package Flux not found in current path.\n- Run `import Pkg; Pkg.add("Flux")` to install the Flux package.\nStacktrace:\n [1] macro expansion\n   @ ./loading.jl:1630 [inlined]\nin expression starting at /p/train.jl:1\n',
  ],
  TRAINING_FILE_MISSING: [
    raised("FileNotFoundError: [Errno 2] No such file or directory: 'data/train.csv'"),
    "python3: can't open file '/p/trian.py': [Errno 2] No such file or directory\n",
    "Error: ENOENT: no such file or directory, open 'data.json'\n    at Object.openSync (node:fs:603:3)\n    at Object.<anonymous> (/p/train.js:3:1)\n",
    raised(
      'tensorflow.python.framework.errors_impl.NotFoundError: data/x.tfrecord; No such file or directory',
    ),
    'Error: Data file data/x.csv does not exist.\n',
    'Error in file(file, "rt") : cannot open the connection\nIn addition: Warning message:\nIn file(file, "rt") : cannot open file \'x.csv\': No such file or directory\nExecution halted\n',
  ],
  TRAINING_ARGUMENTS_REFUSED: [
    'usage: train.py [-h] [--lr LR]\ntrain.py: error: unrecognized arguments: --config configs/a.yaml\n',
    'usage: train.py [-h] --data DATA\ntrain.py: error: the following arguments are required: --data\n',
    "usage: train.py [-h] [--lr LR]\ntrain.py: error: argument --lr: invalid float value: 'x'\n",
    "usage: train.py [-h]\ntrain.py: error: argument --opt: invalid choice: 'adm' (choose from 'adam', 'sgd')\n",
    "Usage: train.py [OPTIONS]\nTry 'train.py --help' for help.\n\nError: No such option: --confg Did you mean --config?\n",
    ' Usage: train.py [OPTIONS]\n╭─ Error ──────────────────────────────────────────╮\n│ No such option: --foo                            │\n╰──────────────────────────────────────────────────╯\n',
    "FATAL Flags parsing error:\n  Unknown command line flag 'confg'\nPass --helpshort or --helpfull to see help on flags.\n",
    'ERROR: Could not consume arg: --foo\nUsage: train.py -\n',
    "error: unknown option '--foo'\n",
    raised("ValueError: Some specified arguments are not used by the HfArgumentParser: ['--seed', '1']"),
    'Usage:\n  train.py <data>\n  train.py --help\n',
    "error: unexpected argument '--foo' found\n\nUsage: train [OPTIONS]\n",
  ],
  TRAINING_CONFIG_REFUSED: [
    "Could not override 'model.dropot'.\nTo append to your config use +model.dropot=0.4\nKey 'dropot' is not in struct\n    full_key: model.dropot\n    object_type=dict\n\nSet the environment variable HYDRA_FULL_ERROR=1 for a complete stack trace.\n",
    raised('omegaconf.errors.ConfigAttributeError: Missing key dropout\n    full_key: model.dropout'),
    raised('omegaconf.errors.MissingMandatoryValue: Missing mandatory value: data.path'),
    raised(
      'yaml.scanner.ScannerError: mapping values are not allowed here\n  in "configs/a.yaml", line 3, column 9',
    ),
    raised('json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)'),
    raised(
      'pydantic_core._pydantic_core.ValidationError: 1 validation error for TrainConfig\nmodel.dropout\n  Input should be less than 1',
    ),
  ],
  TRAINING_PERMISSION_DENIED: [
    raised("PermissionError: [Errno 13] Permission denied: '/data/out'"),
    raised("OSError: [Errno 30] Read-only file system: '/out'"),
    raised('huggingface_hub.errors.GatedRepoError: 401 Client Error.'),
    raised(
      'wandb.errors.errors.UsageError: api_key not configured (no-tty). call wandb.login(key=[your_api_key])',
    ),
    'bash: ./train.sh: Permission denied\n',
  ],
  TRAINING_PORT_IN_USE: [
    raised(
      'torch.distributed.DistNetworkError: The server socket has failed to listen on any local network address. port: 29500, useIpv6: false, code: -98, name: EADDRINUSE, message: address already in use',
    ),
    raised('RuntimeError: Address already in use'),
    raised('OSError: [Errno 98] Address already in use'),
    'Error: listen EADDRINUSE: address already in use :::6006\n    at Server.setupListenHandle [as _listen2] (node:net:1817:16)\n    at Object.<anonymous> (/p/train.js:3:1)\n',
  ],
  TRAINING_DISTRIBUTED_FAILED: [
    raised(
      'torch.distributed.DistBackendError: NCCL error in: ../torch/csrc/distributed/c10d/ProcessGroupNCCL.cpp:1333, unhandled system error (run with NCCL_DEBUG=INFO for details), NCCL version 2.18.1',
    ),
    '[rank0]:[E ProcessGroupNCCL.cpp:475] [Rank 0] Watchdog caught collective operation timeout: WorkNCCL(SeqNum=31, OpType=ALLREDUCE) ran for 1800029 milliseconds before timing out.\n',
    raised('RuntimeError: NCCL Error 5: invalid usage'),
    raised(
      'RuntimeError: [../third_party/gloo/gloo/transport/tcp/pair.cc:598] Connection closed by peer [127.0.0.1]:3155',
    ),
    raised(
      'torch.distributed.DistBackendError: NCCL error: Duplicate GPU detected : rank 1 and rank 0 both on CUDA device 1000',
    ),
  ],
  TRAINING_GPU_ERROR: [
    raised(
      'RuntimeError: CUDA error: device-side assert triggered\nCUDA kernel errors might be asynchronously reported',
    ),
    raised('RuntimeError: CUDA error: no kernel image is available for execution on the device'),
    raised('RuntimeError: CUDA error: an illegal memory access was encountered'),
    raised('RuntimeError: CUDA error: invalid device ordinal'),
    raised('AssertionError: Torch not compiled with CUDA enabled'),
    raised('RuntimeError: No CUDA GPUs are available'),
    raised('RuntimeError: Found no NVIDIA driver on your system. Please check that you have an NVIDIA GPU'),
    raised('ImportError: libcuda.so.1: cannot open shared object file: No such file or directory'),
    raised(
      'lightning.fabric.utilities.exceptions.MisconfigurationException: No supported gpu backend found!',
    ),
    raised('RuntimeError: cuDNN error: CUDNN_STATUS_EXECUTION_FAILED'),
    raised(
      'RuntimeError: Attempting to deserialize object on a CUDA device but torch.cuda.is_available() is False.',
    ),
  ],
  TRAINING_NETWORK_FAILED: [
    raised(
      "requests.exceptions.ConnectionError: HTTPSConnectionPool(host='huggingface.co', port=443): Max retries exceeded with url: /bert",
    ),
    raised('urllib.error.URLError: <urlopen error [Errno -3] Temporary failure in name resolution>'),
    raised("OSError: We couldn't connect to 'https://huggingface.co' to load this file"),
    raised('socket.gaierror: [Errno -2] Name or service not known'),
    raised(
      "requests.exceptions.ConnectionError: ('Connection aborted.', ConnectionResetError(104, 'Connection reset by peer'))",
    ),
  ],
  TRAINING_DIVERGED: [
    'Loss is nan, stopping training\n',
    'Loss is inf, stopping training\n',
    raised('FloatingPointError: Loss became infinite or NaN at iteration=312!'),
    raised('ValueError: The loss returned in `training_step` is nan.'),
    raised('FloatingPointError: Minimum loss scale reached (0.0001). Your loss is probably exploding.'),
    raised('Exception: Current loss scale already at minimum - cannot decrease scale anymore. Exiting run.'),
  ],
  TRAINING_TOO_MANY_FILES: [
    raised("OSError: [Errno 24] Too many open files: 'a'"),
    raised('RuntimeError: received 0 items of ancdata'),
  ],
  TRAINING_COMMAND_MISSING: [
    'sh: 1: pyton: not found\n',
    './run.sh: line 2: nvidia-smi: command not found\n',
    "env: 'python': No such file or directory\n",
    '/usr/bin/env: ‘node’: No such file or directory\n',
    "pyenv: python: command not found\n\nThe `python' command exists in these Python versions:\n  3.11.7\n",
  ],
  TRAINING_EXCEPTION: [
    raised("TypeError: AdamW.__init__() got an unexpected keyword argument 'weight_decy'"),
    raised('EOFError: EOF when reading a line'),
    raised("KeyError: 'dropout'"),
    "thread 'main' panicked at 'index out of bounds: the len is 3 but the index is 7', src/main.rs:4:5\nnote: run with `RUST_BACKTRACE=1`\n",
    'panic: runtime error: index out of range [5] with length 3\n\ngoroutine 1 [running]:\nmain.main()\n\t/p/main.go:8 +0x1d\nexit status 2\n',
    "Error in fit(model) : object 'x' not found\nCalls: fit\nExecution halted\n",
    "train.rb:3:in `fit': bad (RuntimeError)\n\tfrom train.rb:6:in `<main>'\n",
    'Unhandled exception. System.InvalidOperationException: bad\n   at Train.Main() in /p/Train.cs:line 5\n',
  ],
};

describe('known causes', () => {
  for (const [code, texts] of Object.entries(TEXTS)) {
    test.each(texts.map((text) => [text]))(`${code}: %j`, (text) => {
      const failure = explain({ stderr: text, exitCode: 1 });
      expect(failure.code).toBe(code);
      expect(failure.remedy).not.toMatch(/\$\d|``|\b(?:that|of) :/u);
      expect(failure.message).not.toContain('\n');
      expect(failure.message).not.toBe('');
    });
  }
});

describe('what is shown and advised', () => {
  test.each<[string, Partial<FailureEvidence>, string, string]>([
    [
      'memory',
      { stderr: raised('torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB.') },
      'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB. (train.py:9)',
      'Reduce the batch size',
    ],
    [
      'module',
      { stderr: raised("ModuleNotFoundError: No module named 'torch'") },
      "ModuleNotFoundError: No module named 'torch' (train.py:9)",
      'pip install torch',
    ],
    [
      'arguments',
      { stderr: 'usage: t.py\nt.py: error: unrecognized arguments: --config a.yaml\n', exitCode: 2 },
      't.py: error: unrecognized arguments: --config a.yaml',
      'does not know --config a.yaml',
    ],
    [
      'shell',
      { stderr: 'sh: 1: pyton: not found\n', exitCode: 127 },
      'sh: 1: pyton: not found',
      'Install pyton',
    ],
    [
      'node',
      {
        stderr:
          "file:///p/n.mjs:1\nfunction f(){ throw new TypeError('x is bad'); }\n                    ^\n\nTypeError: x is bad\n    at f (file:///p/n.mjs:1:21)\n    at node:internal/x:1:2\n\nNode.js v20.20.2\n",
      },
      'TypeError: x is bad (n.mjs:1)',
      'Correct the training program',
    ],
    [
      'rust',
      {
        stderr: "thread 'main' panicked at src/main.rs:4:5:\nindex out of bounds\nnote: run with\n",
        exitCode: 101,
      },
      'panic: index out of bounds (src/main.rs:4)',
      'Correct',
    ],
    [
      'C++',
      {
        stderr: "terminate called after throwing an instance of 'std::runtime_error'\n  what():  bad shape\n",
        exitCode: null,
        signal: 'SIGABRT',
      },
      'std::runtime_error: bad shape',
      'Correct',
    ],
    [
      'assert',
      {
        stderr: "train: src/a.cc:12: int f(int): Assertion `x > 0' failed.\nAborted (core dumped)\n",
        exitCode: null,
        signal: 'SIGABRT',
      },
      "src/a.cc:12: int f(int): Assertion `x > 0' failed.",
      'Correct',
    ],
    [
      'nobody knows',
      { stderr: 'epoch 3\nquality gate failed: 0.3 < 0.5\nbye\n', exitCode: 3 },
      'The training ended with exit code 3: quality gate failed: 0.3 < 0.5',
      'log',
    ],
    [
      'only stdout',
      { stdout: 'epoch 3\r\nstopping here\r\n', exitCode: 3 },
      'The training ended with exit code 3: stopping here',
      'log',
    ],
    ['silence', { exitCode: 7 }, 'The training ended with exit code 7 and printed nothing', 'log'],
    [
      'progress bars say nothing',
      { stderr: 'loading\n 10%|█   | 1/10 [00:01<00:09]\r 20%|██  | 2/10 [00:02<00:08]', exitCode: 5 },
      'The training ended with exit code 5: loading',
      'log',
    ],
    [
      'Typer draws a box',
      {
        stderr:
          ' Usage: train.py [OPTIONS]\n╭─ Error ───────────╮\n│ No such option: --foo  │\n╰───────────────────╯\n',
        exitCode: 2,
      },
      'No such option: --foo',
      'Compare',
    ],
    [
      'DeepSpeed',
      {
        stderr:
          "[2024-01-01 10:00:00,000] [ERROR] [launch.py:321:sigkill_handler] ['/usr/bin/python'] exits with return code = -9\n",
      },
      'probably because memory ran out',
      'Reduce',
    ],
    ['Windows', { exitCode: 3221225477 }, 'The training crashed (access violation)', 'Update'],
    [
      'an old warning is not the cause',
      { stderr: `WARNING: file x.txt does not exist\n${'working\n'.repeat(20)}score too low\n`, exitCode: 4 },
      'The training ended with exit code 4: score too low',
      'log',
    ],
    [
      'elastic tells of a killed rank',
      {
        stderr: raised(
          'torch.distributed.elastic.multiprocessing.errors.ChildFailedError: \n=====\ntrain.py FAILED\n  exitcode  : -9 (pid: 12)\n  traceback : Signal 9 (SIGKILL) received by PID 12',
        ),
      },
      'A process of the training was killed, probably because memory ran out (exitcode  : -9).',
      'Reduce',
    ],
  ])('%s', (_name, evidence, message, remedy) => {
    const failure = explain(evidence);
    expect(failure.message).toContain(message.replace(/\s+/gu, ' '));
    expect(failure.remedy).toContain(remedy);
  });
});

test('a full disk explains what the logs could not tell any more, and nothing else', () => {
  const diskFull = 'Only 0 B are free on the disk of /r.';
  expect(explain({ stdout: 'epoch 1\n', diskFull })).toMatchObject({
    code: 'DISK_FULL',
    message:
      'The training failed, probably because the disk is full: Only 0 B are free on the disk of /r. (The training ended with exit code 1: epoch 1)',
  });
  expect(explain({ stderr: raised('ValueError: x'), diskFull }).code).toBe('TRAINING_EXCEPTION');
});

describe('any log', () => {
  const line = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    fc.constantFrom(
      ...Object.values(TEXTS)
        .flat()
        .flatMap((text) => text.split('\n')),
      '[rank0]: Traceback (most recent call last):',
      '│ a.py:3 in f │',
      '  | x',
      '\r 3%|x',
    ),
  );

  test('is explained in one line, without a crash', () => {
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 30 }),
        fc.array(line, { maxLength: 5 }),
        fc.constantFrom(null, 'SIGABRT', 'SIGKILL'),
        (stderr, stdout, signal) => {
          const failure = explain({ stderr: stderr.join('\n'), stdout: stdout.join('\n'), signal });
          expect(failure.message).not.toMatch(/\n|^\s*$/u);
          expect(failure.message.length).toBeLessThanOrEqual(400);
          expect(failure.code).toMatch(/^[A-Z_]+$/u);
        },
      ),
      { numRuns: 300 },
    );
  });

  test.each([
    'CUDA ',
    '|',
    ' ',
    'a',
    'file ',
    '\n',
    'Error: x\n',
    'File "',
    '  File "a", line 1\n',
    'Traceback (most recent call last):\n',
    '[rank1]: x\n',
    '[a-1_',
    '1: ',
    '\u001B[',
    'x: y.z: ',
    '\r',
  ])(
    '64 KB of %j are read in no time',
    (piece) => {
      expect(explain({ stderr: piece.repeat(Math.floor(65_536 / piece.length)) }).code).toMatch(
        /^TRAINING_/u,
      );
    },
    5000,
  );
});

describe('signals', () => {
  test.each<[Partial<FailureEvidence>, string, string]>([
    [
      { signal: 'SIGKILL', oomKills: 1 },
      'TRAINING_OUT_OF_MEMORY',
      'probably because memory ran out: the kernel',
    ],
    [{ signal: 'SIGKILL', oomKills: null }, 'TRAINING_OUT_OF_MEMORY', 'probably because memory ran out.'],
    [{ signal: 'SIGKILL', oomKills: 0 }, 'TRAINING_KILLED', 'counted no out-of-memory kill'],
    [
      {
        signal: 'SIGKILL',
        oomKills: 0,
        stderr: 'slurmstepd: error: Detected 1 oom_kill event in StepId=1\n',
      },
      'TRAINING_OUT_OF_MEMORY',
      'oom_kill event',
    ],
    [{ signal: 'SIGTERM' }, 'TRAINING_KILLED', 'SIGTERM'],
    [
      {
        signal: 'SIGTERM',
        stderr:
          'slurmstepd: error: *** JOB 7 ON node1 CANCELLED AT 2024-01-01T10:00:00 DUE TO TIME LIMIT ***\n',
      },
      'TRAINING_KILLED',
      'DUE TO TIME LIMIT',
    ],
    [{ signal: 'SIGINT', stderr: raised('KeyboardInterrupt') }, 'TRAINING_INTERRUPTED', 'SIGINT'],
    [{ signal: 'SIGBUS' }, 'TRAINING_SHARED_MEMORY', '/dev/shm'],
    [{ signal: 'SIGILL' }, 'TRAINING_CRASHED', 'another CPU'],
    [{ signal: 'SIGUSR2' }, 'TRAINING_KILLED', 'SIGUSR2'],
    [{ signal: 'SIGSYS' }, 'TRAINING_CRASHED', 'SIGSYS'],
    [{ signal: 'SIGSEGV', stdout: 'epoch 2\n' }, 'TRAINING_CRASHED', '(SIGSEGV). Its last words: epoch 2'],
    [
      {
        signal: 'SIGSEGV',
        stderr:
          'Fatal Python error: Segmentation fault\n\nCurrent thread 0x00007f7d77e76b80 (most recent call first):\n  File "/usr/lib/python3.11/ctypes/__init__.py", line 519 in string_at\n  File "/p/train.py", line 3 in f\n  File "/p/train.py", line 4 in <module>\n',
      },
      'TRAINING_CRASHED',
      '(SIGSEGV). It happened in train.py:3.',
    ],
    [
      {
        signal: 'SIGABRT',
        stderr:
          'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n----- Native stack trace -----\n 1: 0xb7 node::OOM [node]\n',
      },
      'TRAINING_OUT_OF_MEMORY',
      'JavaScript heap',
    ],
  ])('%j', (evidence, code, message) => {
    const failure = explain({ exitCode: null, ...evidence });
    expect(failure.code).toBe(code);
    expect(failure.message).toContain(message);
  });
});
