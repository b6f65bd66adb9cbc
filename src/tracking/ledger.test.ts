import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Ledger } from './ledger.ts';

const root = mkdtempSync(join(tmpdir(), 'pawl-ledger-'));
afterAll(() => rmSync(root, { recursive: true }));

test('what was noted is there after a restart; nothing is made before', () => {
  const ledger = new Ledger(root, 'study-1', 'mlflow-1');
  expect([ledger.revision('a'), ledger.problem, readdirSync(root)]).toEqual([undefined, null, []]);
  ledger.arrived('a', 'r1');
  ledger.arrived('a', 'r1');
  ledger.arrived('a', 'r2');
  ledger.attached('a', 'report.md', 'h1');
  ledger.setProblem('down', 5);
  ledger.setProblem('down', 6);
  expect([ledger.note('odd name'), ledger.note('odd name')]).toEqual([true, false]);
  const again = new Ledger(root, 'study-1', 'mlflow-1');
  expect(again.revision('a')).toBe('r2');
  expect([again.hasArtifact('a', 'report.md', 'h1'), again.hasArtifact('a', 'report.md', 'h2')]).toEqual([
    true,
    false,
  ]);
  expect(again.problem).toEqual({ message: 'down', at: 5 });
  expect(again.notes).toEqual(['odd name']);
  again.setProblem(null, 7);
  expect(new Ledger(root, 'study-1', 'mlflow-1').problem).toBeNull();
  expect(
    readFileSync(join(root, 'study-1', 'mlflow-1.jsonl'), 'utf8')
      .trimEnd()
      .split('\n'),
  ).toHaveLength(6);
});

test('a line that a kill has cut is as good as not written, and spoils no other', () => {
  const file = join(root, 'study-2', 'mlflow-1.jsonl');
  const ledger = new Ledger(root, 'study-2', 'mlflow-1');
  ledger.arrived('a', 'r1');
  appendFileSync(file, '{"key":"b","revi');
  const again = new Ledger(root, 'study-2', 'mlflow-1');
  again.arrived('c', 'r3');
  const last = new Ledger(root, 'study-2', 'mlflow-1');
  expect(['a', 'b', 'c'].map((key) => last.revision(key))).toEqual(['r1', undefined, 'r3']);
});
