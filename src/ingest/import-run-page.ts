import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock';
import { PAGE_SIZE, pagerOf } from '../web/pager';
import type { Reader } from '../web/reader';
import { FIELDS, FIELD_WORDS } from './fields';
import type { MappedHeading } from './headings';
import { isMappable, isResumable, isUndoable, UNDO_HOURS } from './import-acts.service';
import { runHref } from './import-address';
import { effectsOf } from './import-effects';
import { isRunning, progressOf } from './import-progress';
import { importReach } from './import-reach';
import { countsOf } from './import-result';
import type { RunCounts, RunDetail, RunFault, RunState } from './run';
import { RunLog } from './run-log.service';

const FIRST_WARNINGS = 5;
const SHOWN_WARNINGS = 50;
const SHOWN_CORRECTIONS = 50;
const HOUR_MS = 3_600_000;

/** View model of one import, in whatever state it is. */
@Injectable()
export class ImportRunPage {
  constructor(
    private readonly runs: RunLog,
    private readonly clock: Clock,
  ) {}

  async of(reader: Reader, id: number, page: number) {
    const run = await this.runs.detail(id, importReach(reader));
    return {
      ...this.head(run),
      ...(await this.found(run, page)),
      ...told(run),
      effects: effectsOf(run),
      can: this.can(run),
      outdated: await this.runs.isOutdated(run),
      undoUntil: undoUntil(run),
    };
  }

  /** What the part of the page shows that follows a run under way; null when it is over. */
  async progress(reader: Reader, id: number) {
    const run = await this.runs.detail(id, importReach(reader));
    return isRunning(run.state) ? { run: { href: runHref(id) }, progress: progressOf(run) } : null;
  }

  private head(run: RunDetail) {
    const counts = countsOf(run);
    return {
      title: run.fileName,
      run: {
        ...run,
        ...counts,
        href: runHref(run.id),
        size: sizeOf(run.fileSize),
        stored: counts.created + counts.updated,
        written: run.created + run.updated + run.unchanged,
        catalogue: run.shape === 'procedures',
      },
      steps: stepsOf(run),
      progress: isRunning(run.state) ? progressOf(run) : null,
      bar: counts.rows === 0 ? null : barOf(counts),
    };
  }

  private async found(run: RunDetail, page: number) {
    const { id } = run;
    const window = [PAGE_SIZE, (page - 1) * PAGE_SIZE] as const;
    const described = await this.runs.countFaults(id, 'fault');
    return {
      faults: await this.runs.faults(id, 'fault', ...window),
      described,
      fixable: run.state === 'checked' ? await this.runs.countSuggestions(id) : 0,
      pager: pagerOf(page, described, (n) => (n === 1 ? runHref(id) : `${runHref(id)}?trang=${n}`)),
      warnings: folded(await this.runs.faults(id, 'warning', SHOWN_WARNINGS), run.warned),
    };
  }

  private can(run: RunDetail) {
    const now = this.clock.now();
    const checked = run.state === 'checked';
    const { created, updated, rows, faulty } = countsOf(run);
    return {
      write: checked && created + updated > 0,
      close: checked && created + updated === 0 && rows > faulty,
      map: isMappable(run, now),
      resume: isResumable(run, now),
      undo: isUndoable(run, now),
    };
  }
}

/** The first ones, more when asked for, and how many are not told. */
const folded = (warnings: RunFault[], all: number) => ({
  first: warnings.slice(0, FIRST_WARNINGS),
  more: warnings.slice(FIRST_WARNINGS),
  rest: Math.max(0, all - warnings.length),
});

/** Where the content of the file comes from: by headings, by hand, corrected. */
function told({ mapping, corrections }: RunDetail) {
  return {
    mapped: mappedOf(mapping),
    unused: mapping.filter((m) => m.field === null).map((m) => m.heading),
    corrected: corrections.length,
    corrections: corrections.slice(0, SHOWN_CORRECTIONS),
  };
}

/** Recognised headings in the order of the fields: those that bear the field's own name, and the others beside it. */
function mappedOf(mapping: MappedHeading[]) {
  const rank = (m: MappedHeading) => FIELDS.indexOf(m.field!);
  const known = mapping
    .filter((m) => m.field !== null)
    .sort((a, b) => rank(a) - rank(b))
    .map((m) => ({ label: FIELD_WORDS[m.field!].label, heading: m.heading }));
  const named = known.filter(({ label, heading }) => label === heading).map(({ heading }) => heading);
  return { any: known.length > 0, named, others: known.filter(({ label, heading }) => label !== heading) };
}

const BEFORE_WRITING: RunState[] = ['checking', 'checked', 'refused', 'cancelled'];

/** Choosing, checking, writing: where the run stands. */
function stepsOf({ state, created, updated, unchanged }: RunDetail) {
  const over = ['done', 'undoing', 'undone'].includes(state);
  const brokeOffBefore = state === 'failed' && created + updated + unchanged === 0;
  const at = over ? 3 : brokeOffBefore || BEFORE_WRITING.includes(state) ? 1 : 2;
  const names = ['choose', 'check', 'write'];
  return names.map((name, i) => ({ name, done: i < at, current: i === at }));
}

const undoUntil = ({ finishedAt }: RunDetail): Date | null =>
  finishedAt && new Date(finishedAt.getTime() + UNDO_HOURS * HOUR_MS);

/** Parts of the bar in percent of the rows; `x` is where a part begins. */
function barOf({ rows, created, updated, unchanged, faulty }: RunCounts) {
  const percent = (part: number): number => Math.round((part * 10_000) / rows) / 100;
  let before = 0;
  const parts = [created, updated, unchanged, faulty].map((part, i) => {
    const drawn = { cls: `s${i + 1}`, x: percent(before), width: percent(part) };
    before += part;
    return drawn;
  });
  return parts.filter((p) => p.width > 0);
}

/** Size in the unit a person would say: bytes, KB or MB. */
function sizeOf(bytes: number): { amount: number; unit: string } {
  if (bytes < 1_024) return { amount: bytes, unit: 'byte' };
  if (bytes < 1_024 * 1_024) return { amount: Math.round(bytes / 1_024), unit: 'KB' };
  return { amount: Math.round((bytes * 10) / (1_024 * 1_024)) / 10, unit: 'MB' };
}
