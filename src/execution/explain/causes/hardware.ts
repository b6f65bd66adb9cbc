import type { Cause } from '../cause.ts';

const code = 'TRAINING_GPU_ERROR';

/** GPUs, their drivers and libraries. Memory is another list. */
export const hardwareCauses: readonly Cause[] = [
  {
    code,
    pattern: /device-side assert triggered/u,
    remedy:
      'Usually a label or index is out of range (check num_classes); CUDA_LAUNCH_BLOCKING=1 shows the place.',
  },
  {
    code,
    pattern:
      /no kernel image is available for execution|CUDA_ERROR_NO_BINARY_FOR_GPU|is not compatible with the current PyTorch installation/u,
    remedy: 'The installed framework was not built for this GPU: install a build for its compute capability.',
  },
  {
    code,
    pattern:
      /CUDA driver version is insufficient|driver (?:on your system )?is too old|CUDA_ERROR_COMPAT_NOT_SUPPORTED|forward compatibility was attempted/iu,
    remedy: 'Update the NVIDIA driver, or install a framework built for an older CUDA.',
  },
  {
    code,
    pattern:
      /Found no NVIDIA driver|no CUDA-capable device|No CUDA GPUs are available|Torch not compiled with CUDA enabled|torch\.cuda\.is_available\(\) is False|CUDA is not available|libcuda\.so(?:\.\d+)?: cannot open|No supported gpu backend found|No supported gpu accelerator|failed call to cuInit|CUDA_ERROR_NO_DEVICE|No GPU found/iu,
    remedy:
      'Train on the CPU, or make a GPU visible (driver, CUDA_VISIBLE_DEVICES, a framework built with CUDA).',
  },
  {
    code,
    pattern: /invalid device ordinal|device index \d+ is out of range|You requested gpu: \[/iu,
    remedy:
      'The program names a GPU that is not visible: leave the choice to CUDA_VISIBLE_DEVICES (device 0 of what is visible).',
  },
  {
    code,
    pattern: /all CUDA-capable devices are busy or unavailable|CUDA-capable device\(s\) is\/are busy/u,
    remedy: 'Another process holds the GPU exclusively: wait for it, or choose another.',
  },
  {
    code,
    pattern:
      /uncorrectable ECC error|GPU is lost|fallen off the bus|\bXid\b.*\d+|GPU requires reset|CUDA_ERROR_ECC_UNCORRECTABLE|unspecified launch failure|hardware error/iu,
    remedy: 'The GPU or its driver failed: look at `dmesg` and `nvidia-smi -q`, reset or avoid this device.',
  },
  {
    code,
    pattern:
      /illegal memory access|misaligned address|illegal instruction was encountered|\bCUDA (?:runtime )?error\b|\bcudaError\w*|CUDA_ERROR_\w+|\bHIP error\b|hipError\w+/u,
    remedy: 'Run once with CUDA_LAUNCH_BLOCKING=1 to see the place.',
  },
  {
    code,
    pattern:
      /(?:CUDNN|CUBLAS|CUFFT|CUSPARSE|CUSOLVER)_(?:STATUS_)?[A-Z_]+|cuDNN error|Unable to find a valid cuDNN algorithm/u,
    remedy:
      'A GPU library failed: check that its version fits the driver; a smaller batch size helps where memory is short.',
  },
];
