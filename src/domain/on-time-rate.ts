/** Settled cases of a period, each classified by date (`classifyOutcome`). */
export interface OutcomeCounts {
  early: number;
  onTime: number;
  late: number;
}

export interface OnTimeRate {
  settled: number;
  onTimeOrEarly: number;
  late: number;
  /** Two decimals, half up; null when nothing was settled: no figure, never 100 %. */
  percent: number | null;
}

/** Report and PAR rate: (early + on time) / settled. Whole-number arithmetic, so 2089 of 2141 is 97.57 everywhere. */
export function onTimeRate({ early, onTime, late }: OutcomeCounts): OnTimeRate {
  const onTimeOrEarly = early + onTime;
  const settled = onTimeOrEarly + late;
  const hundredths = Math.floor((20_000 * onTimeOrEarly + settled) / (2 * settled));
  return { settled, onTimeOrEarly, late, percent: settled === 0 ? null : hundredths / 100 };
}
