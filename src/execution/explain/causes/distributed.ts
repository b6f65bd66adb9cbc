import type { Cause } from '../cause.ts';

/** Trainings of several processes. */
export const distributedCauses: readonly Cause[] = [
  {
    code: 'TRAINING_PORT_IN_USE',
    pattern:
      /Address already in use|EADDRINUSE|\[Errno 98\]|\[Errno 48\]|errno: 98\b|WinError 10048|server socket has failed to listen|port \d+ is (?:already )?(?:in use|occupied|not available)|Only one usage of each socket address/iu,
    remedy:
      'Let each training choose a free port (torchrun --standalone, or MASTER_PORT/--master_port of its own).',
  },
  {
    code: 'TRAINING_DISTRIBUTED_FAILED',
    pattern: /Duplicate GPU detected/u,
    remedy:
      'Two ranks use the same GPU: start no more processes than GPUs, and use LOCAL_RANK to choose the device.',
  },
  {
    code: 'TRAINING_DISTRIBUTED_FAILED',
    pattern:
      /collective operation timeout|Watchdog caught collective|NCCL (?:watchdog|communicator was aborted)|Timed out waiting for (?:clients|workers|ranks?)|barrier.*timed? ?out|RendezvousTimeoutError|RendezvousConnectionError|wait timeout after \d+ms|Timed out initializing process group/iu,
    remedy:
      'One rank lags or died: look for the first error in the log of the other ranks; unequal data per rank is the usual cause.',
  },
  {
    code: 'TRAINING_DISTRIBUTED_FAILED',
    pattern:
      /\bNCCL [Ee]rror\b|nccl(?:System|Internal|Remote|UnhandledCuda|Invalid\w*)\w*|ProcessGroupNCCL|DistBackendError|DistNetworkError|DistStoreError|unhandled (?:system|cuda) error|NCCL WARN|Connect to .* failed: (?:Connection refused|Software caused)/u,
    remedy:
      'Run once with NCCL_DEBUG=INFO; check that all ranks reach each other (NCCL_SOCKET_IFNAME) and see the same GPUs.',
  },
  {
    code: 'TRAINING_DISTRIBUTED_FAILED',
    pattern:
      /\[\S*gloo\S*\].*|Gloo connectFullMesh failed|Connection closed by peer|Connection reset by peer|MPI_ABORT was invoked|Primary job\s+terminated normally, but/u,
    remedy: 'Another rank ended first: look for its error further up in the log.',
  },
];
