import type { Cause } from '../cause.ts';

const ACTIVATE = 'Activate the environment that has it (or name its python in `train:`), or install it there';

/** Interpreters, packages, libraries, credentials and the network. */
export const environmentCauses: readonly Cause[] = [
  {
    code: 'TRAINING_MODULE_MISSING',
    pattern: /No module named ['"]?([\w.-]+)['"]?/u,
    remedy: `${ACTIVATE}: \`pip install $1\` where the package has that name.`,
  },
  {
    code: 'TRAINING_MODULE_MISSING',
    pattern: /Cannot find (?:module|package) '([^']+)'|ERR_MODULE_NOT_FOUND/u,
    remedy: 'Run `npm install` where the training lives, or correct the import.',
  },
  {
    code: 'TRAINING_MODULE_MISSING',
    pattern: /there is no package called [‘'"](\w+)[’'"]/u,
    remedy: 'Install it in R: install.packages("$1").',
  },
  {
    code: 'TRAINING_MODULE_MISSING',
    pattern: /Package (\w+) (?:not found in current path|does not have|\[[\w-]+\] is required but)/u,
    remedy: 'Add it in Julia: `]add $1`, or start julia with --project.',
  },
  {
    code: 'TRAINING_MODULE_MISSING',
    pattern:
      /((?!libcuda\.so)\b\w[^\s:]*\.so(?:\.\d+)*): cannot open shared object file|version [`'](\w+_[\d.]+)' not found|DLL load failed while importing (\w+)|Library not loaded: (\S+)/u,
    remedy:
      'A native library is missing or too old: $1$2$3$4. Activate the environment the package was built for, or reinstall it.',
  },
  {
    code: 'TRAINING_MODULE_MISSING',
    pattern: /ImportError: cannot import name '(\w+)' from/u,
    remedy: 'The installed version does not fit the code: install the versions that the project asks for.',
  },
  {
    code: 'TRAINING_MODULE_MISSING',
    pattern:
      /numpy\.dtype size changed|compiled using NumPy 1\.x cannot be run in|numpy\.core\.multiarray failed to import|_ARRAY_API not found/u,
    remedy: 'Packages were built for another NumPy: install versions that fit together (often "numpy<2").',
  },
  {
    code: 'TRAINING_PERMISSION_DENIED',
    pattern:
      /GatedRepoError|Access to model .* is restricted|api_key not configured|401 Client Error|403 Client Error|Invalid (?:API key|user token)|Unauthorized|NoCredentialsError|AccessDenied\b/u,
    remedy:
      'Log in to that service on this machine first (`huggingface-cli login`, `wandb login`), or switch it off (WANDB_MODE=offline).',
  },
  {
    code: 'TRAINING_NETWORK_FAILED',
    pattern:
      /Temporary failure in name resolution|Name or service not known|getaddrinfo (?:failed|ENOTFOUND|EAI_AGAIN)|nodename nor servname|Could not resolve host|Max retries exceeded with url|Network is unreachable|No route to host|urlopen error|CERTIFICATE_VERIFY_FAILED|(?:Read|Connect)TimeoutError|requests\.exceptions\.(?:ConnectionError|Timeout|ReadTimeout|ConnectTimeout|HTTPError)|LocalEntryNotFoundError|We couldn't connect to '|OfflineModeIsEnabled|HfHubHTTPError|HTTP Error [45]\d\d/u,
    remedy: 'Check network and proxy, or download data and weights beforehand and train offline.',
  },
  {
    code: 'TRAINING_EXCEPTION',
    pattern: /EOFError: EOF when reading a line|Inappropriate ioctl for device|termios\.error/u,
    remedy:
      'The training asks for input, which no one can give it: answer by an argument or an option instead.',
  },
  {
    code: 'TRAINING_EXCEPTION',
    pattern:
      /no display name and no \$DISPLAY|cannot connect to X server|could not connect to display|Could not load the Qt platform plugin/iu,
    remedy: 'The training wants to open a window: set MPLBACKEND=Agg under `environment:`.',
  },
  {
    code: 'TRAINING_EXCEPTION',
    pattern: /before the\s+current process has finished its bootstrapping phase/u,
    remedy: "Put the training's start under `if __name__ == '__main__':`.",
  },
];
