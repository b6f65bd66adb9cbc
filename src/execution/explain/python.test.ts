import { describe, expect, test } from 'vitest';
import { explainFailure } from '../explain.ts';

function explain(stderr: string, { stdout = '', exitCode = 1 }: { stdout?: string; exitCode?: number } = {}) {
  return explainFailure({ exitCode, signal: null, stderr, stdout, oomKills: 0, cwd: '/home/u/proj' });
}

/** Logs of failed Python programs → the line that explains them. */
const CASES: [name: string, log: string, code: string, message: string][] = [
  [
    'a plain traceback',
    `Epoch 1: 100%|██████████| 10/10 [00:01<00:00]
Traceback (most recent call last):
  File "/home/u/proj/train.py", line 42, in <module>
    main()
    ^^^^^^
  File "/home/u/proj/src/loop.py", line 7, in main
    raise ValueError("bad value: 3")
ValueError: bad value: 3
`,
    'TRAINING_EXCEPTION',
    'ValueError: bad value: 3 (src/loop.py:7)',
  ],
  [
    'the place is the own frame, not the library it calls',
    `Traceback (most recent call last):
  File "train.py", line 10, in <module>
    model(x)
  File "/opt/conda/envs/a/lib/python3.11/site-packages/torch/nn/modules/module.py", line 1532, in _wrapped_call_impl
    return self._call_impl(*args, **kwargs)
  File "/opt/conda/envs/a/lib/python3.11/site-packages/torch/nn/modules/linear.py", line 116, in forward
    return F.linear(input, self.weight, self.bias)
RuntimeError: mat1 and mat2 shapes cannot be multiplied (32x784 and 512x10)
`,
    'TRAINING_EXCEPTION',
    'RuntimeError: mat1 and mat2 shapes cannot be multiplied (32x784 and 512x10) (train.py:10)',
  ],
  [
    'lines after the traceback do not hide it',
    `Traceback (most recent call last):
  File "train.py", line 3, in <module>
    x
NameError: name 'x' is not defined
wandb: 🚀 View run fast-cat-1 at: https://wandb.ai/x/y/runs/z
wandb: Find logs at: ./wandb/run-2024/logs
/usr/lib/python3.11/multiprocessing/resource_tracker.py:254: UserWarning: resource_tracker: There appear to be 1 leaked semaphore objects to clean up at shutdown
  warnings.warn('resource_tracker: There appear to be %d '
`,
    'TRAINING_EXCEPTION',
    "NameError: name 'x' is not defined (train.py:3)",
  ],
  [
    'direct cause',
    `Traceback (most recent call last):
  File "e.py", line 2, in load
    try: return {}['lr']
KeyError: 'lr'

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "e.py", line 4, in <module>
    load(1)
  File "e.py", line 3, in load
    except KeyError as e: raise RuntimeError('config is incomplete') from e
RuntimeError: config is incomplete
`,
    'TRAINING_EXCEPTION',
    "RuntimeError: config is incomplete (e.py:3), caused by KeyError: 'lr' (e.py:2)",
  ],
  [
    'during handling: the last counts',
    `Traceback (most recent call last):
  File "e.py", line 2, in <module>
    import cupy
ModuleNotFoundError: No module named 'cupy'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "e.py", line 6, in <module>
    raise TypeError('second')
TypeError: second
`,
    'TRAINING_MODULE_MISSING',
    "TypeError: second (e.py:6), while handling ModuleNotFoundError: No module named 'cupy' (e.py:2)",
  ],
  [
    'an exception of a pool worker is placed where it was raised',
    `concurrent.futures.process._RemoteTraceback: 
"""
Traceback (most recent call last):
  File "/usr/lib/python3.11/concurrent/futures/process.py", line 261, in _process_worker
    r = call_item.fn(*call_item.args, **call_item.kwargs)
  File "/home/u/proj/d.py", line 2, in f
    def f(x): raise ValueError('bad '+str(x))
ValueError: bad 1
"""

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/home/u/proj/d.py", line 4, in <module>
    with c.ProcessPoolExecutor(1) as p: p.submit(f,1).result()
  File "/usr/lib/python3.11/concurrent/futures/_base.py", line 401, in __get_result
    raise self._exception
ValueError: bad 1
`,
    'TRAINING_EXCEPTION',
    'ValueError: bad 1 (d.py:2)',
  ],
  [
    'a data-loader worker',
    `Traceback (most recent call last):
  File "/home/u/proj/train.py", line 30, in <module>
    for x, y in loader:
  File "/x/lib/python3.10/site-packages/torch/utils/data/dataloader.py", line 631, in __next__
    data = self._next_data()
ValueError: Caught ValueError in DataLoader worker process 0.
Original Traceback (most recent call last):
  File "/x/lib/python3.10/site-packages/torch/utils/data/_utils/worker.py", line 308, in _worker_loop
    data = fetcher.fetch(index)
  File "/home/u/proj/data.py", line 12, in __getitem__
    raise ValueError(f"broken image {i}")
ValueError: broken image 17
`,
    'TRAINING_EXCEPTION',
    'ValueError: broken image 17 (data.py:12)',
  ],
  [
    'torch.multiprocessing.spawn',
    `W1122 10:00:00 140 torch/multiprocessing/spawn.py:146] Terminating process 4242 via signal SIGTERM
Traceback (most recent call last):
  File "/home/u/proj/train.py", line 80, in <module>
    mp.spawn(main, nprocs=2)
  File "/x/lib/python3.10/site-packages/torch/multiprocessing/spawn.py", line 282, in spawn
    return start_processes(fn, args, nprocs, join, daemon, start_method="spawn")
torch.multiprocessing.spawn.ProcessRaisedException: 

-- Process 1 terminated with the following error:
Traceback (most recent call last):
  File "/x/lib/python3.10/site-packages/torch/multiprocessing/spawn.py", line 90, in _wrap
    fn(i, *args)
  File "/home/u/proj/train.py", line 61, in main
    loss = step(batch)
RuntimeError: shape '[8, 3]' is invalid for input of size 21
`,
    'TRAINING_EXCEPTION',
    "RuntimeError: shape '[8, 3]' is invalid for input of size 21 (train.py:61)",
  ],
  [
    'torchrun: the rank that failed first, not the launcher',
    `[rank1]: Traceback (most recent call last):
[rank1]:   File "/home/u/proj/train.py", line 55, in <module>
[rank1]:     loss.backward()
[rank1]: AssertionError: label 11 out of range
[rank0]: Traceback (most recent call last):
[rank0]:   File "/home/u/proj/train.py", line 57, in <module>
[rank0]:     dist.all_reduce(loss)
[rank0]: torch.distributed.DistBackendError: NCCL communicator was aborted on rank 0.
E1122 10:00:00.123000 140 torch/distributed/elastic/multiprocessing/api.py:869] failed (exitcode: 1) local_rank: 1 (pid: 78) of binary: /x/bin/python
Traceback (most recent call last):
  File "/x/bin/torchrun", line 8, in <module>
    sys.exit(main())
  File "/x/lib/python3.10/site-packages/torch/distributed/launcher/api.py", line 264, in launch_agent
    raise ChildFailedError(
torch.distributed.elastic.multiprocessing.errors.ChildFailedError: 
============================================================
train.py FAILED
------------------------------------------------------------
Root Cause (first observed failure):
[0]:
  time      : 2024-11-22_10:00:00
  rank      : 1 (local_rank: 1)
  exitcode  : 1 (pid: 78)
============================================================
`,
    'TRAINING_EXCEPTION',
    'AssertionError: label 11 out of range (train.py:55)',
  ],
  [
    'interleaved ranks are read apart',
    `[rank0]: Traceback (most recent call last):
[rank1]: Traceback (most recent call last):
[rank0]:   File "a.py", line 5, in <module>
[rank1]:   File "a.py", line 9, in <module>
[rank0]:     f()
[rank1]:     g()
[rank0]: ValueError: zero
[rank1]: TypeError: one
`,
    'TRAINING_EXCEPTION',
    'ValueError: zero (a.py:5)',
  ],
  [
    'srun -l numbers every line',
    `0: Traceback (most recent call last):
1: epoch 1
0:   File "a.py", line 5, in <module>
0:     f()
0: ValueError: zero
srun: error: node1: task 0: Exited with exit code 1
1: epoch 2
1: epoch 3
1: epoch 4
1: epoch 5
`,
    'TRAINING_EXCEPTION',
    'ValueError: zero (a.py:5)',
  ],
  [
    'an exception group names its parts',
    `  + Exception Group Traceback (most recent call last):
  |   File "/home/u/proj/c.py", line 8, in <module>
  |     raise ExceptionGroup('two tasks failed', errs)
  | ExceptionGroup: two tasks failed (2 sub-exceptions)
  +-+---------------- 1 ----------------
    | Traceback (most recent call last):
    |   File "/home/u/proj/c.py", line 6, in <module>
    |     try: f()
    |          ^^^
    |   File "/home/u/proj/c.py", line 1, in a
    |     def a(): raise ValueError('a')
    | ValueError: a
    +---------------- 2 ----------------
    | Exception Group Traceback (most recent call last):
    |   File "/home/u/proj/c.py", line 3, in b
    |     raise ExceptionGroup('inner', [KeyError('k'), OSError(2,'nope')])
    | ExceptionGroup: inner (2 sub-exceptions)
    +-+---------------- 1 ----------------
      | KeyError: 'k'
      +---------------- 2 ----------------
      | FileNotFoundError: [Errno 2] nope
      +------------------------------------
`,
    'TRAINING_FILE_MISSING',
    "ExceptionGroup: two tasks failed (2 sub-exceptions) [ValueError: a; ExceptionGroup: inner (2 sub-exceptions); KeyError: 'k'; FileNotFoundError: [Errno 2] nope] (c.py:8)",
  ],
  [
    'rich, with a message wrapped at the box',
    `╭───────────────────── Traceback (most recent call last) ──────────────────────╮
│ /home/u/proj/a.py:8 in <module>                                              │
│                                                                              │
│   7 │   train({'optimizer': {'learning_rate_that_is_long': 3}})              │
│ ❱ 8 main()                                                                   │
│   9                                                                          │
│                                                                              │
│ /home/u/proj/a.py:5 in train                                                 │
│                                                                              │
│ ❱ 5 │   raise ValueError('the value of learning rate ' + str(lr) + ' is far  │
│ ╭──────────────────────── locals ────────────────────────╮                   │
│ │ cfg = {'optimizer': {'learning_rate_that_is_long': 3}} │                   │
│ │  lr = 3                                                │                   │
│ ╰────────────────────────────────────────────────────────╯                   │
╰──────────────────────────────────────────────────────────────────────────────╯
ValueError: the value of learning rate 3 is far too large for this kind of 
training, please choose a smaller one or something
`,
    'TRAINING_EXCEPTION',
    'ValueError: the value of learning rate 3 is far too large for this kind of training, please choose a smaller one or something (a.py:5)',
  ],
  [
    'rich without Unicode',
    `+--------------------- Traceback (most recent call last) ----------------------+
| /home/u/proj/a.py:8 in <module>                                              |
|                                                                              |
| > 8 main()                                                                   |
|                                                                              |
| /x/lib/python3.11/site-packages/torch/nn/modules/module.py:1532 in _call     |
|                                                                              |
| +------------------------ locals ------------------------+                   |
| |  lr = 3                                                |                   |
| +--------------------------------------------------------+                   |
+------------------------------------------------------------------------------+
ValueError: too large
`,
    'TRAINING_EXCEPTION',
    'ValueError: too large (a.py:8)',
  ],
  [
    'loguru',
    `2026-11-22 21:06:33.807 | ERROR    | __main__:<module>:4 - boom
Traceback (most recent call last):

> File "/home/u/proj/b.py", line 3, in <module>
    try: f(0)
         └ <function f at 0x7f2d4d4d84a0>

  File "/home/u/proj/b.py", line 2, in f
    def f(x): return 1/x
        │ │            └ 0
        │ └ 0
        └ <function f at 0x7f2d4d4d84a0>

ZeroDivisionError: division by zero
`,
    'TRAINING_EXCEPTION',
    'ZeroDivisionError: division by zero (b.py:2)',
  ],
  [
    'a logger in front of the traceback',
    `[2024-01-01 10:00:00,000][__main__][ERROR] - Traceback (most recent call last):
  File "/home/u/proj/b.py", line 2, in f
    assert x
AssertionError
`,
    'TRAINING_EXCEPTION',
    'AssertionError: assert x (b.py:2)',
  ],
  [
    'Jupyter, papermill',
    `---------------------------------------------------------------------------
ValueError                                Traceback (most recent call last)
Cell In[3], line 2
      1 def f():
----> 2     raise ValueError('x too small')
      3 f()

File ~/proj/lib.py:10, in g(x)
      9 def g(x):
---> 10     return h(x)

ValueError: x too small
`,
    'TRAINING_EXCEPTION',
    'ValueError: x too small (~/proj/lib.py:10)',
  ],
  [
    'a syntax error has no traceback',
    `  File "/home/u/proj/train.py", line 3
    print 'a'
    ^^^^^^^^^
SyntaxError: Missing parentheses in call to 'print'. Did you mean print(...)?
`,
    'TRAINING_SYNTAX_ERROR',
    "SyntaxError: Missing parentheses in call to 'print'. Did you mean print(...)? (train.py:3)",
  ],
  [
    'a syntax error in an imported module',
    `Traceback (most recent call last):
  File "/home/u/proj/train.py", line 1, in <module>
    import model
  File "/home/u/proj/model.py", line 12
    return x
IndentationError: unexpected indent
`,
    'TRAINING_SYNTAX_ERROR',
    'IndentationError: unexpected indent (model.py:12)',
  ],
  [
    'Hydra hides the trace',
    `Error executing job with overrides: ['lr=0.1']
Traceback (most recent call last):
  File "/home/u/proj/train.py", line 20, in main
    fit(cfg)
ZeroDivisionError: float division by zero

Set the environment variable HYDRA_FULL_ERROR=1 for a complete stack trace.
`,
    'TRAINING_EXCEPTION',
    'ZeroDivisionError: float division by zero (train.py:20)',
  ],
  [
    'exceptions in destructors are an epilogue',
    `Traceback (most recent call last):
  File "train.py", line 3, in <module>
    raise RuntimeError("the real one")
RuntimeError: the real one
Exception ignored in: <function _MultiProcessingDataLoaderIter.__del__ at 0x7f>
Traceback (most recent call last):
  File "/x/lib/python3.10/site-packages/torch/utils/data/dataloader.py", line 1478, in __del__
    self._shutdown_workers()
AttributeError: 'NoneType' object has no attribute 'x'
`,
    'TRAINING_EXCEPTION',
    'RuntimeError: the real one (train.py:3)',
  ],
  [
    'a message that only announces the next line',
    `Traceback (most recent call last):
  File "train.py", line 33, in <module>
    model.load_state_dict(torch.load(p))
  File "/x/lib/python3.10/site-packages/torch/nn/modules/module.py", line 2153, in load_state_dict
    raise RuntimeError('Error(s) in loading state_dict for {}:
RuntimeError: Error(s) in loading state_dict for Net:
	size mismatch for fc.weight: copying a param with shape torch.Size([10, 64]) from checkpoint, the shape in current model is torch.Size([10, 128]).
`,
    'TRAINING_CHECKPOINT_REFUSED',
    'RuntimeError: Error(s) in loading state_dict for Net: size mismatch for fc.weight: copying a param with shape torch.Size([10, 64]) from checkpoint, the shape in current model is torch.Size([10, 128]). (train.py:33)',
  ],
  [
    'CRLF, colours and a cut first line',
    `ast):\r\n\u001B[31mTraceback (most recent call last):\u001B[0m\r\n  File "C:\\proj\\train.py", line 3, in <module>\r\n    x\r\n\u001B[1;31mNameError\u001B[0m: name 'größe' is not defined\r\n`,
    'TRAINING_EXCEPTION',
    "NameError: name 'größe' is not defined (C:\\proj\\train.py:3)",
  ],
  [
    'Ctrl-C',
    `Traceback (most recent call last):
  File "train.py", line 3, in <module>
    time.sleep(9)
KeyboardInterrupt
`,
    'TRAINING_INTERRUPTED',
    'KeyboardInterrupt (train.py:3)',
  ],
  [
    'a library of its own making',
    `Traceback (most recent call last):
  File "train.py", line 3, in <module>
    bst = xgb.train(params, d)
  File "/x/lib/python3.10/site-packages/xgboost/core.py", line 160, in inner_f
    return func(**kwargs)
xgboost.core.XGBoostError: [12:00:00] /workspace/src/objective/objective.cc:26: Unknown objective function: \`binary:logistics\`
Objective candidate: survival:aft
Stack trace:
  [bt] (0) /x/lib/libxgboost.so(+0x1) [0x7f]
`,
    'TRAINING_EXCEPTION',
    'xgboost.core.XGBoostError: [12:00:00] /workspace/src/objective/objective.cc:26: Unknown objective function: `binary:logistics` (train.py:3)',
  ],
  [
    'a progress bar in front of the traceback',
    `Epoch 0:  10%|█         | 1/10 [00:00<00:01, 9.99it/s]Traceback (most recent call last):
  File "/home/u/proj/train.py", line 5, in <module>
    f()
IndexError: list index out of range
Epoch 0:  10%|█         | 1/10 [00:00<00:03, 3.33it/s]
`,
    'TRAINING_EXCEPTION',
    'IndexError: list index out of range (train.py:5)',
  ],
  [
    'rich in the column of a log handler',
    `[10:00:00] ERROR    boom                                                                                a.py:9
                    ╭─────────────────── Traceback (most recent call last) ───────────────────╮
                    │ /home/u/proj/a.py:7 in <module>                                          │
                    │                                                                          │
                    │ ❱ 7 │   f()                                                              │
                    ╰──────────────────────────────────────────────────────────────────────────╯
                    ValueError: boom
`,
    'TRAINING_EXCEPTION',
    'ValueError: boom (a.py:7)',
  ],
  [
    'the exception of a thread stands beside the story',
    `Traceback (most recent call last):
  File "/home/u/proj/train.py", line 5, in <module>
    f()
ValueError: the story
Exception in thread Thread-2 (_pin_memory_loop):
Traceback (most recent call last):
  File "/usr/lib/python3.11/threading.py", line 1045, in _bootstrap_inner
    self.run()
RuntimeError: Pin memory thread exited unexpectedly
`,
    'TRAINING_EXCEPTION',
    'ValueError: the story (train.py:5)',
  ],
  [
    'a thread that is all there is',
    `Exception in thread Thread-2 (work):
Traceback (most recent call last):
  File "/home/u/proj/train.py", line 5, in work
    f()
ValueError: only here
`,
    'TRAINING_EXCEPTION',
    'ValueError: only here (train.py:5)',
  ],
  [
    'an exception that was caught long ago is not what ended it',
    `Traceback (most recent call last):
  File "/home/u/proj/train.py", line 5, in work
    download()
TimeoutError: mirror 1 does not answer
${Array.from({ length: 60 }, (_, i) => `epoch ${i} loss 0.3`).join('\n')}
Loss is nan, stopping training
`,
    'TRAINING_DIVERGED',
    'Loss is nan, stopping training',
  ],
  [
    'Ray',
    `Traceback (most recent call last):
  File "/home/u/proj/tune.py", line 30, in <module>
    tuner.fit()
  File "/x/lib/python3.10/site-packages/ray/_private/worker.py", line 2623, in get
    raise value.as_instanceof_cause()
ray.exceptions.RayTaskError(ValueError): ray::train_fn() (pid=123, ip=10.0.0.1)
  File "/home/u/proj/tune.py", line 12, in train_fn
    raise ValueError("lr must be positive")
ValueError: lr must be positive
`,
    'TRAINING_EXCEPTION',
    'ValueError: lr must be positive (tune.py:12)',
  ],
  [
    'accelerate launch',
    `Traceback (most recent call last):
  File "/home/u/proj/train.py", line 12, in <module>
    raise ValueError("inner")
ValueError: inner
Traceback (most recent call last):
  File "/x/bin/accelerate", line 8, in <module>
    sys.exit(main())
  File "/x/lib/python3.10/site-packages/accelerate/commands/launch.py", line 763, in simple_launcher
    raise subprocess.CalledProcessError(returncode=process.returncode, cmd=cmd)
subprocess.CalledProcessError: Command '['/x/bin/python', 'train.py']' returned non-zero exit status 1.
`,
    'TRAINING_EXCEPTION',
    'ValueError: inner (train.py:12)',
  ],
  [
    'pydantic says below what it does not like',
    `Traceback (most recent call last):
  File "/home/u/proj/train.py", line 12, in <module>
    cfg = TrainConfig(**raw)
pydantic_core._pydantic_core.ValidationError: 1 validation error for TrainConfig
model.dropout
  Input should be less than 1 [type=less_than, input_value=4, input_type=int]
    For further information visit https://errors.pydantic.dev/2.5/v/less_than
`,
    'TRAINING_CONFIG_REFUSED',
    'pydantic_core._pydantic_core.ValidationError: 1 validation error for TrainConfig model.dropout Input should be less than 1 [type=less_than, input_value=4, input_type=int] For further information visit https://errors.pydantic.dev/2.5/v/less_than (train.py:12)',
  ],
  [
    'PyYAML says below where',
    `Traceback (most recent call last):
  File "/home/u/proj/train.py", line 12, in <module>
    cfg = yaml.safe_load(open(path))
yaml.scanner.ScannerError: mapping values are not allowed here
  in "configs/a.yaml", line 3, column 9
`,
    'TRAINING_CONFIG_REFUSED',
    'yaml.scanner.ScannerError: mapping values are not allowed here in "configs/a.yaml", line 3, column 9 (train.py:12)',
  ],
];

describe('Python', () => {
  test.each(CASES)('%s', (_name, log, code, message) => {
    const failure = explain(log);
    expect({ code: failure.code, message: failure.message }).toEqual({ code, message });
    expect(failure.remedy).not.toBe('');
  });

  test('a traceback on stdout is found, too', () => {
    const log = 'Traceback (most recent call last):\n  File "a.py", line 1, in <module>\nValueError: x\n';
    expect(explain('', { stdout: log }).message).toBe('ValueError: x (a.py:1)');
  });

  test('a traceback that is cut off at its head explains nothing wrong', () => {
    expect(explain('    f()\n  File "a.py", line 2, in f\n    g()\nValueError: half\n').message).toBe(
      'The training ended with exit code 1: ValueError: half',
    );
  });

  test('a message of many megabytes stays one line', () => {
    const log = `Traceback (most recent call last):\n  File "a.py", line 1, in <module>\nValueError: ${'x'.repeat(60_000)}\n`;
    expect(explain(log).message).toHaveLength(400);
  });
});
