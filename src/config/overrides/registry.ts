import type { ConfigDocument } from '../_contract.ts';
import type { ConfigMapping } from '../value.ts';
import type { Override, OverrideContext, OverrideStyle, Passed } from './_contract.ts';
import { overridesFor } from './differences.ts';
import { refuse } from './errors.ts';
import { argparse } from './styles/argparse.ts';
import { dotted } from './styles/dotted.ts';
import { env } from './styles/env.ts';
import { file } from './styles/file.ts';
import { hydra } from './styles/hydra.ts';
import { keyValue } from './styles/key-value.ts';
import { mmengine } from './styles/mmengine.ts';
import { yacs } from './styles/yacs.ts';

const STYLES = { file, hydra, dotted, argparse, 'key-value': keyValue, yacs, mmengine, env } satisfies Record<
  string,
  OverrideStyle
>;

export type StyleName = keyof typeof STYLES;
export const styleNames = Object.keys(STYLES) as [StyleName, ...StyleName[]];

export function styleNamed(name: StyleName): OverrideStyle {
  return STYLES[name];
}

/** What a training that starts from the baseline's config is given so that it trains with `target`. */
export function passChanges(
  style: OverrideStyle,
  base: ConfigDocument,
  target: ConfigMapping,
  context: OverrideContext,
): Passed {
  if (style.name === 'file') return { argv: [], environment: {} };
  const overrides = overridesFor(base, target, style);
  const passed = overrides.map((override) => style.pass(override, context, overrides));
  const argv = passed.flatMap((each) => each.argv);
  const environment = Object.create(null) as Record<string, string>;
  passed.forEach((each, index) => {
    for (const [name, text] of Object.entries(each.environment)) {
      if (name in environment)
        throw refuse(
          overrides[index] as Override,
          style.name,
          `${name} stands for another changed setting too`,
        );
      environment[name] = text;
    }
  });
  return { argv: argv.length === 0 ? [] : [...style.lead, ...argv], environment };
}
