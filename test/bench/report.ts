import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import type { SideFigures } from './engine.ts';
import type { ReadingFigures } from './pages.ts';

/** Everything a run of the bench found. */
export interface Findings {
  readonly at: string;
  readonly quick: boolean;
  readonly atOnce: number;
  readonly serverVersion: string;
  readonly documents: string;
  readonly bare: SideFigures;
  readonly sides: readonly SideFigures[];
  readonly shelf: { readonly jobs: number; readonly open: number };
  readonly readings: readonly ReadingFigures[];
}

const n = (value: number, digits = 1): string => (Number.isFinite(value) ? value.toFixed(digits) : '–');
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map((_, place) => (place === 0 ? '---' : '---:'))), ...rows.map(row)].join('\n');

/** The findings as Markdown: facts of the machine, the engine side by side, the split, boards and desks. */
export function reportOf(findings: Findings): string {
  const { bare, sides } = findings;
  const jobbag = sides.find(({ name }) => name === 'Jobbag') ?? bare;
  return `${[
    '# What Jobbag costs',
    facts(findings),
    '## Six stages: the bare engine and Jobbag',
    'One run, one server, one SDK, medians over the rounds; every side is measured in every round. *Bare* is a workflow with six stages and an Update each: no store, no mail, no codec. *Jobbag* is the work order from its submission to the designer’s acceptance: log, read models, links, mail to a real server, encrypted payloads. *Answer* is from the Update call to its outcome; *next desk* until the next person’s desk is open for everybody to see.',
    sidesTable(findings),
    ratios(bare, jobbag),
    '## Where it goes',
    splitTable(sides),
    `## Boards and desks at ${findings.shelf.jobs.toLocaleString('en')} stored jobs (${findings.shelf.open.toLocaleString('en')} open)`,
    'One reading after the other. Aim: board and desk at most 50 ms at p95.',
    table(
      ['reading', 'p50 ms', 'p95 ms', 'load'],
      findings.readings.map(({ name, p50, p95, load }) => [name, n(p50), n(p95), n(load)]),
    ),
  ].join('\n\n')}\n`;
}

function facts({ at, quick, serverVersion, documents }: Findings): string {
  const { dependencies } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const cores = cpus();
  return [
    `\`npm run bench${quick ? ' -- --quick' : ''}\` on ${at.slice(0, 16).replace('T', ' ')} UTC.`,
    `${cores.length} cores (${cores[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, Temporal server ${serverVersion}, SDK ${dependencies['@temporalio/worker'] ?? ''}, documents: ${documents}.`,
    'Server, store, mail server, workers and the bench itself share the machine; *load* is its one-minute average, other people’s work included.',
  ].join(' ');
}

function sidesTable({ sides, atOnce }: Findings): string {
  const rows = sides.map(({ name, alone, atOnce: wide, load, busy }) => [
    name,
    `${n(alone.answerP50)} / ${n(alone.answerP99)}`,
    `${n(alone.nextP50)} / ${n(alone.nextP99)}`,
    `${n(wide.answerP50)} / ${n(wide.answerP99)}`,
    `${n(wide.nextP50)} / ${n(wide.nextP99)}`,
    n(wide.decisionsPerSecond),
    n(wide.jobsPerSecond, 2),
    `${n(load[0])}–${n(load[1])}`,
    `${n(busy * 100, 0)} %`,
  ]);
  return table(
    [
      '',
      'alone: answer p50 / p99 ms',
      'alone: next desk p50 / p99 ms',
      `${atOnce} at once: answer p50 / p99 ms`,
      `${atOnce} at once: next desk p50 / p99 ms`,
      'decisions/s',
      'jobs/s',
      'load',
      'cores busy',
    ],
    rows,
  );
}

function ratios(bare: SideFigures, jobbag: SideFigures): string {
  const over = (a: number, b: number): string => `${n(a / b, 2)} ×`;
  return table(
    ['Jobbag ÷ bare', 'ratio', 'aim'],
    [
      ['decisions/s', over(jobbag.atOnce.decisionsPerSecond, bare.atOnce.decisionsPerSecond), '≥ 0.5 ×'],
      ['answer alone, p50', over(jobbag.alone.answerP50, bare.alone.answerP50), '≤ 2 ×'],
      ['next desk alone, p50', over(jobbag.alone.nextP50, bare.alone.nextP50), ''],
      ['history events a decision', over(jobbag.history.events, bare.history.events), ''],
      [
        'engine’s processor time a decision',
        over(jobbag.cpuMs['engine'] ?? Number.NaN, bare.cpuMs['engine'] ?? Number.NaN),
        '',
      ],
      ['all processor time a decision', over(all(jobbag), all(bare)), ''],
    ],
  );
}

const all = ({ cpuMs }: SideFigures): number => Object.values(cpuMs).reduce((sum, ms) => sum + ms, 0);

function splitTable(sides: readonly SideFigures[]): string {
  const types = [...new Set(sides.flatMap(({ history }) => history.byType.map(([type]) => type)))];
  const names = [...new Set(sides.flatMap(({ history }) => history.activities.map(([name]) => name)))];
  const cpu = [...new Set(sides.flatMap(({ cpuMs }) => Object.keys(cpuMs)))];
  const found = (pairs: SideFigures['history']['byType'], key: string): string => {
    const value = pairs.find(([name]) => name === key)?.[1];
    return value === undefined ? '' : n(value, 2);
  };
  return table(
    ['a decision', ...sides.map(({ name }) => name)],
    [
      ...cpu.map((what) => [
        `processor ms: ${what}`,
        ...sides.map(({ cpuMs }) => (cpuMs[what] === undefined ? '' : n(cpuMs[what]))),
      ]),
      ['processor ms together', ...sides.map((side) => n(all(side)))],
      ['runs (fresh by rest)', ...sides.map(({ history }) => n(history.runs, 2))],
      ['history events', ...sides.map(({ history }) => n(history.events))],
      ...types.map((type) => [`· ${type}`, ...sides.map(({ history }) => found(history.byType, type))]),
      ...names.map((name) => [`activity ${name}`, ...sides.map(({ history }) => found(history.activities, name))]),
    ],
  );
}
