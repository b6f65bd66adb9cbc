// `node bench/evidence`: the acceptance table on simulated studies; with `--data algoperf-pytorch.json.gz`, whole studies
// on real training curves. The other benches of this folder are run by their own names.
import { option } from './scoreboard.mjs';

await import(option('data', process.env.PAWL_BENCH_DATA) ? './replay.mjs' : './simulate.mjs');
