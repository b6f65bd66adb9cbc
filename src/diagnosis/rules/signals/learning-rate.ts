import type { RunSignals } from './run.ts';
import type { Settings } from '../settings.ts';
import { valuesOf } from './series.ts';

/** The learning rate against what is usual for its optimizer. */
export interface RateStanding {
  lr: number;
  usual: number;
  /** log10(effective rate / usual): + is higher than usual. Momentum m multiplies the step by 1/(1 − m). */
  decades: number;
  /** How much the usual value may be trusted: less where the optimizer is not known. */
  trust: number;
  text: string;
}

/** Adam's published default (Kingma & Ba 2015), and SGD's 0.03 with a momentum of 0.9. */
export const USUAL_ADAM = 0.001;
export const USUAL_SGD = 0.03;
const USUAL_MOMENTUM = 0.9;
/** Trust in what is usual for an optimizer that is only guessed. */
const UNNAMED = 0.7;

export function rateStanding(run: RunSignals, settings: Settings): RateStanding | null {
  const logged = valuesOf(run.lr).filter((value) => value > 0);
  const lr = settings.number('learning_rate') ?? (logged.length > 0 ? Math.max(...logged) : null);
  if (lr === null || lr <= 0) return null;
  const momentum = settings.number('momentum');
  // Where no optimizer is named, a momentum is SGD's as a rule.
  const isSgd = settings.optimizer === 'sgd' || (settings.optimizer === null && momentum !== null);
  if (isSgd) {
    const usual = USUAL_SGD / (1 - USUAL_MOMENTUM);
    // A momentum that the config does not state is the trainer's own: none, or the usual one, whichever makes less of it.
    const effective =
      momentum === null
        ? nearest(usual, lr, lr / (1 - USUAL_MOMENTUM))
        : lr / Math.max(1e-6, 1 - Math.min(momentum, 1));
    const text = `learning rate ${short(lr)}${momentum === null ? '' : ` with momentum ${momentum}, in effect ${short(effective)},`} where around ${USUAL_SGD} with momentum ${USUAL_MOMENTUM} (${short(usual)}) is usual for SGD`;
    const trust = settings.optimizer === 'sgd' ? 1 : UNNAMED;
    return { lr, usual: USUAL_SGD, decades: Math.log10(effective / usual), trust, text };
  }
  const isKnown = settings.optimizer === 'adam';
  const usual = isKnown ? USUAL_ADAM : 0.003;
  const text = `learning rate ${short(lr)} where around ${usual} is usual${isKnown ? ' for Adam and its kin' : ''}`;
  return { lr, usual, decades: Math.log10(lr / usual), trust: isKnown ? 1 : 0.5, text };
}

/** What lies nearest to `wanted` between two values. */
const nearest = (wanted: number, low: number, high: number): number => Math.min(high, Math.max(low, wanted));

const short = (value: number): string => String(Number(value.toPrecision(3)));
