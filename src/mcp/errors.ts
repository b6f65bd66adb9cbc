import { defineErrors } from '../errors.ts';

export const mcpError = defineErrors({
  MCP_PATH_OUTSIDE: {
    exit: 2,
    about:
      'An agent named a file outside the project. The server reads and writes only below the folder of pawl.yaml (or, without one, below the folder it was started in).',
  },
  MCP_JOB_UNKNOWN: {
    exit: 2,
    about: 'There is no job of that id in this project. `status` without an id shows the newest study.',
  },
  MCP_JOB_NOT_STARTED: {
    exit: 1,
    about:
      'A job ended before it had begun its study, and left no document that says why. Its stderr is quoted.',
  },
  MCP_NO_OUTCOME: {
    exit: 2,
    about: 'No iteration has been concluded yet, so there is no report. `status` shows how far the study is.',
  },
});
