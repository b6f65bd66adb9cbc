import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { formatBytes } from '../../bytes.ts';
import { formatDuration } from '../../duration.ts';
import { ResourceMeter } from '../../resources.ts';
import { readTail } from '../../tail.ts';
import { fullness, reservedBytes } from './disk.ts';
import { loadTicket, readTicket, saveTicket, type LocalTicket } from './ticket.ts';
import { exitFileOf, parseTimes, readExitRecord } from './wrapper.ts';

const root = mkdtempSync(join(tmpdir(), 'pawl-parts-'));
afterAll(() => rmSync(root, { recursive: true }));

describe('exit record', () => {
  const file = exitFileOf(root);
  const times = '0m0.01s 0m0.00s\n1m2.500000s 0m0,50s\n';

  test.each<[string, string, object | undefined]>([
    ['complete', `${times}exit 137 tok\n`, { status: 137, cpuSeconds: 63 }],
    ['without times', 'exit 0 tok\n', { status: 0, cpuSeconds: null }],
    ['not finished writing', `${times}exit 13`, undefined],
    ['empty', '', undefined],
    ['of another start', `${times}exit 0 other\n`, undefined],
  ])('%s', (_name, text, record) => {
    writeFileSync(file, text);
    const read = readExitRecord(file, 'tok');
    if (record) expect(read).toMatchObject(record);
    else expect(read).toBeUndefined();
  });

  test('absent', () => {
    expect(readExitRecord(join(root, 'none'), 'tok')).toBeUndefined();
    expect(parseTimes('nonsense')).toBeNull();
  });
});

describe('ticket', () => {
  const ticket: LocalTicket = {
    executor: 'local',
    runId: 'r1',
    token: 't',
    pid: 1,
    start: 2,
    boot: 'b',
    host: 'h',
    startedAt: 3,
    gpus: null,
    oomKills: null,
  };

  test('survives storage', () => {
    saveTicket(root, ticket, false);
    expect(loadTicket(root)).toEqual(ticket);
    expect(readTicket(JSON.parse(JSON.stringify(ticket)) as LocalTicket)).toEqual(ticket);
  });

  test.each([
    [{}],
    [{ executor: 'slurm' }],
    [{ executor: 'local', token: 7 }],
    [{ ...ticket, startedAt: 'x' }],
  ])('%j is none', (value) => {
    expect(readTicket({ executor: '', ...value })).toBeUndefined();
  });

  test.each(['', '[]', 'null', '{"executor":"local"}', '{'])('a file that holds %j is none', (text) => {
    writeFileSync(join(root, 'ticket.json'), text);
    expect(loadTicket(root)).toBeUndefined();
  });
});

describe('disk', () => {
  test('what must stay free is relative on small disks', () => {
    expect(reservedBytes(16e6)).toBe(8e5);
    expect(reservedBytes(1e12)).toBe(256 * 1024 * 1024);
  });

  test.each<[number, number, number | null, string | undefined]>([
    [1e9, 1e12, null, undefined],
    [1e6, 16e6, null, undefined],
    [
      1e5,
      16e6,
      null,
      'Only 100 kB are free on the disk of /r; 800 kB must stay free so that no result gets lost.',
    ],
    [1e9, 1e12, 3, 'The disk of /r can hold only 3 more files.'],
    [1e9, 1e12, 1e6, undefined],
  ])('%d of %d bytes, %s files', (freeBytes, totalBytes, freeInodes, message) => {
    expect(fullness({ freeBytes, totalBytes, freeInodes }, '/r')).toBe(message);
  });
});

describe('readTail', () => {
  test('the end of a log, from the start of a line', () => {
    const file = join(root, 'log');
    writeFileSync(file, `${'x'.repeat(50)}\ngröße 1\n訓練 2\n`);
    expect(readTail(file, 24)).toBe('größe 1\n訓練 2\n');
    expect(readTail(file)).toBe(`${'x'.repeat(50)}\ngröße 1\n訓練 2\n`);
    writeFileSync(file, 'x'.repeat(50));
    expect(readTail(file, 10)).toBe('x'.repeat(10));
    writeFileSync(file, '');
    expect([readTail(file), readTail(join(root, 'none')), readTail(root)]).toEqual(['', '', '']);
  });
});

describe('ResourceMeter', () => {
  test('peaks, and nothing that was not measured', () => {
    const meter = new ResourceMeter();
    expect(meter.use).toEqual({
      peakMemoryBytes: null,
      cpuSeconds: null,
      gpuUtilization: null,
      gpuMemoryBytes: null,
    });
    meter.addTree({ cpuSeconds: 2, memoryBytes: 300, largestBytes: 200, processes: [] });
    meter.addTree({ cpuSeconds: 1, memoryBytes: 0, largestBytes: 0, processes: [] });
    meter.addTree({ cpuSeconds: 1, memoryBytes: 100, largestBytes: 350, processes: [] });
    meter.addGpu(40, 10);
    meter.addGpu(80, null);
    meter.addCpu(2.5);
    expect(meter.use).toEqual({
      peakMemoryBytes: 350,
      cpuSeconds: 2.5,
      gpuUtilization: 60,
      gpuMemoryBytes: 10,
    });
  });
});

test.each([
  [450, '450 ms'],
  [3210, '3.2 s'],
  [60_000, '60 s'],
  [720_000, '12 min'],
  [9_000_000, '2.5 h'],
])('formatDuration(%d)', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test.each([
  [812, '812 B'],
  [1_400_000_000, '1.4 GB'],
  [999_600, '1 MB'],
  [256 * 1024 * 1024, '268 MB'],
])('formatBytes(%d)', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
