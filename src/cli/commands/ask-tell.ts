import type { CommandRun } from '../run.ts';
export const run: CommandRun = async () => 0;
