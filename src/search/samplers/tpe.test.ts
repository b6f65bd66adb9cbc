import { describeSampler } from './conformance.ts';
import { tpe } from './tpe.ts';

describeSampler(tpe, { learns: true });
