import { describeSampler } from './conformance.ts';
import { random } from './random.ts';

describeSampler(random, { learns: false });
