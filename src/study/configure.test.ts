import { expect, it } from 'vitest';
import { strayPaths } from './configure.ts';

it.each<[string, string[], string[], string[]]>([
  ['as planned', ['a.b'], ['a.b'], []],
  ['what a new section holds', ['a.b', 'a.c'], ['a'], []],
  ['an item of a list, which differs as a whole', ['defaults'], ['defaults[0].model'], []],
  ['a list in a list', ['a.list[1]'], ['a.list'], []],
  ['a name that only begins alike', ['a.lr'], ['a.lr_decay'], ['a.lr']],
  ['what nobody planned', ['a.b', 'seed'], ['a.b'], ['seed']],
])('strayPaths: %s', (_, differing, planned, stray) => expect(strayPaths(differing, planned)).toEqual(stray));
