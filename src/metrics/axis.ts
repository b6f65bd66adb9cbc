/** What a key says about where a point stands, instead of being a metric itself. */
export type Axis = 'epoch' | 'step' | 'total';

/** Names of the epoch, the surest first. */
const EPOCH = words(`
  epoch epochs epochnum epochnumber epochindex epochidx epochid currentepoch curepoch nepoch ep trainerepoch trainepoch epoche epoque epoca epoka`);
/** Names of the step, the surest first: where several are logged, the first stands for the step. */
const STEP = words(`
  globalstep trainerglobalstep step steps stepnum nstep currentstep currentsteps trainstep iteration iterations iter iters niter curiter
  numupdates updates update numtimesteps timetotaltimesteps totaltimesteps timesteps timestep timestepstotal
  trainingiteration round boostinground numround tree ntrees numsteps episode episodes generation batch batchidx`);
const TOTAL = words(`
  totalepochs epochstotal numepochs numtrainepochs nepochs maxepochs epochsmax maxepoch epochcount`);

const RANKS = new Map<string, { axis: Axis; rank: number }>();
EPOCH.forEach((name, rank) => RANKS.set(name, { axis: 'epoch', rank }));
STEP.forEach((name, rank) => RANKS.set(name, { axis: 'step', rank }));
for (const name of TOTAL) RANKS.set(name, { axis: 'total', rank: 0 });

function known(name: string): { axis: Axis; rank: number } | undefined {
  // W&B and Ray put underscores in front of what they add themselves.
  return name.length > 40 ? undefined : RANKS.get(plain(name));
}

export interface Axes {
  epoch: string | undefined;
  step: string | undefined;
  total: string | undefined;
}

/** Which of `names` are the axes. `epochs` beside `epoch` is the number of epochs. */
export function findAxes(names: Iterable<string>): Axes {
  const best: Record<Axis, { name: string; rank: number } | undefined> = {
    epoch: undefined,
    step: undefined,
    total: undefined,
  };
  let plural: string | undefined;
  for (const name of names) {
    const entry = known(name);
    if (!entry) continue;
    if (entry.axis === 'epoch' && name.toLowerCase() === 'epochs') plural = name;
    const former = best[entry.axis];
    if (!former || entry.rank < former.rank) best[entry.axis] = { name, rank: entry.rank };
  }
  const epoch = best.epoch?.name;
  return { epoch, step: best.step?.name, total: best.total?.name ?? (plural === epoch ? undefined : plural) };
}

/** Letters only, without their accents. */
function plain(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '');
}

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
