import type { Project } from '../project/load.ts';
import type { Tracking } from '../tracking/tracking.ts';

/** The trackers of `tracking:`, loaded only where pawl.yaml names some. */
export async function openTracked(
  project: Project,
  say: (message: string) => void,
  isDryRun: boolean,
): Promise<Tracking> {
  if (project.settings.tracking === undefined || isDryRun) return NONE;
  const { openTracking } = await import('../tracking/tracking.ts');
  return openTracking(project, say);
}

const NONE: Tracking = {
  listen: (hooks) => hooks,
  reported: () => {},
  close: () => Promise.resolve(),
};
