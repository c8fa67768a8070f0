import { countedRows, leftText, spentText } from './import-words';
import type { RunDetail, RunState } from './run';

/** Before this much of the time and of the work is behind, what is left is a guess. */
const TELLING_SECONDS = 2;
const TELLING_SHARE = 0.03;

export interface ImportProgress {
  step: 'reading' | 'comparing' | 'writing' | 'undoing';
  /** 0 to 100; null when nobody knows */
  percent: number | null;
  rows: number;
  /** of so many; null while the file is still read */
  total: number | null;
  counted: string;
  /** rows a second */
  rate: number | null;
  secondsLeft: number | null;
  left: string | null;
  /** of a step whose share nobody knows: taking back is one transaction */
  spent: string | null;
}

const RUNNING: RunState[] = ['checking', 'writing', 'undoing'];

export const isRunning = (state: RunState): boolean => RUNNING.includes(state);

type Facts = Pick<RunDetail, 'state' | 'stagedRows' | 'rows' | 'progress' | 'seconds' | 'shape'>;

/** How far a run is in its current step. */
export function progressOf(run: Facts): ImportProgress {
  const step = stepOf(run);
  const total = step === 'comparing' || step === 'writing' ? run.stagedRows : null;
  const rows = total === null ? run.rows : Math.round(total * run.progress);
  const known = step !== 'undoing' && run.progress > 0;
  const telling = known && run.seconds >= TELLING_SECONDS;
  const rate = telling && rows > 0 ? Math.round(rows / run.seconds) : null;
  const told = telling && run.progress >= TELLING_SHARE && run.progress < 1;
  const secondsLeft = told ? Math.round((run.seconds * (1 - run.progress)) / run.progress) : null;
  return {
    step,
    percent: known ? Math.round(run.progress * 100) : null,
    rows,
    total,
    counted: countedRows(rows, total),
    rate: rate === 0 ? null : rate,
    secondsLeft,
    left: secondsLeft === null ? null : leftText(secondsLeft),
    spent: step === 'undoing' ? spentText(run.seconds) : null,
  };
}

function stepOf({ state, stagedRows }: Facts): ImportProgress['step'] {
  if (state === 'writing' || state === 'undoing') return state;
  return stagedRows === null ? 'reading' : 'comparing';
}
