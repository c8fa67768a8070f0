/** What a benchmark tells, and the two forms in which it is printed. */
import { vietnameseNumber } from '../../src/platform/vietnamese-number';

export type Target = { atLeast: number } | { atMost: number } | { below: number };

export interface Measurement {
  id: string;
  what: string;
  value: number;
  unit: string;
  /** Null: told for information. */
  target: string | null;
  holds: boolean | null;
  /** What it was compared with, and that one's own figure. */
  against: string | null;
}

export interface Finding {
  id: string;
  what: string;
  value: number;
  unit: string;
  target?: Target;
  against?: string;
}

/** Measures one group of targets; `say` tells how far it is. */
export type Bench = (say: (line: string) => void) => Promise<Measurement[]>;

const bound = (target: Target): [sign: string, limit: number] => {
  if ('atLeast' in target) return ['≥', target.atLeast];
  return 'atMost' in target ? ['≤', target.atMost] : ['<', target.below];
};

function holds(value: number, target: Target): boolean {
  if ('atLeast' in target) return value >= target.atLeast;
  return 'atMost' in target ? value <= target.atMost : value < target.below;
}

/** Three significant digits for people; whole numbers and what is near a thousand or more are shown whole. */
export function figure(value: number): string {
  const decimals = Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return vietnameseNumber(value, decimals);
}

export const measured = ({ target, against, ...finding }: Finding): Measurement => ({
  ...finding,
  value: Number(finding.value.toPrecision(4)),
  target: target
    ? bound(target)
        .map((part) => (typeof part === 'number' ? figure(part) : part))
        .join(' ')
    : null,
  holds: target ? holds(finding.value, target) : null,
  against: against ?? null,
});

export const asJson = (benchmarks: Measurement[]): string => JSON.stringify({ benchmarks });

const HEADINGS = ['Phép đo', 'Kết quả', 'Mục tiêu', 'Đạt', 'So với'];
/** Figures stand to the right. */
const RIGHT = new Set([1, 2]);

export function asTable(benchmarks: Measurement[]): string {
  const verdict = (m: Measurement): string => (m.holds === null ? '' : m.holds ? 'có' : 'KHÔNG');
  const lines = benchmarks.map((m) => [
    m.what,
    `${figure(m.value)} ${m.unit}`,
    m.target ?? '',
    verdict(m),
    m.against ?? '',
  ]);
  const all = [HEADINGS, ...lines];
  const widths = HEADINGS.map((_, i) => Math.max(...all.map((line) => line[i]!.length)));
  const row = (line: string[]): string =>
    line
      .map((text, i) => (RIGHT.has(i) ? text.padStart(widths[i]!) : text.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd();
  return [row(HEADINGS), widths.map((width) => '─'.repeat(width)).join('  '), ...lines.map(row)].join('\n');
}
