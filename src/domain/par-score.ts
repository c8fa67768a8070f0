import type { OnTimeRate } from './on-time-rate';

/** One criterion of the administrative-reform index (PAR INDEX), a dated setting of the province. */
export interface ParRule {
  maxPoints: number;
  /** Rate from which points are recognised, e.g. 0.98; null = none ('binary' then asks for 100 %). */
  threshold: number | null;
  /**
   * 'rate*max': the formula value, nothing below the threshold. 'step': full points from the threshold on, the
   * formula value below it. 'binary': full points from the threshold on, else nothing.
   */
  mode: 'rate*max' | 'step' | 'binary';
  /** Decimals of the points. */
  roundTo: number;
}

export interface ParScore {
  /** rate × maximum, as the plans print it ("2089/2141*3 = 2,93"), whatever is recognised; null without cases. */
  formula: number | null;
  recognised: number | null;
  /** How many more late cases the threshold still allows among as many settled; negative = too many already. */
  lateAllowed: number | null;
}

interface Fraction {
  over: bigint;
  under: bigint;
}

/** A decimal setting as the exact fraction its digits say: 0.98 is 98/100. */
function exact(value: number): Fraction {
  const [whole, decimals = ''] = value.toFixed(12).replace(/0+$/, '').split('.') as [string, string?];
  return { over: BigInt(whole + decimals), under: 10n ** BigInt(decimals.length) };
}

/** over/under rounded half up to so many decimals; not negative. */
function rounded({ over, under }: Fraction, decimals: number): number {
  const scaled = (2n * over * 10n ** BigInt(decimals) + under) / (2n * under);
  return Number(scaled) / 10 ** decimals;
}

/** Points of the criterion "on-time settlement" (domain rules: KH 1254/KH-UBND, nothing recognised below 98 %). */
export function parScore(rate: OnTimeRate, rule: ParRule): ParScore {
  if (rate.settled === 0) return { formula: null, recognised: null, lateAllowed: null };
  const settled = BigInt(rate.settled);
  const threshold = exact(rule.threshold ?? (rule.mode === 'binary' ? 1 : 0));
  const max = exact(rule.maxPoints);
  const points = { over: BigInt(rate.onTimeOrEarly) * max.over, under: settled * max.under };
  const formula = rounded(points, rule.roundTo);
  const reached = BigInt(rate.onTimeOrEarly) * threshold.under >= threshold.over * settled;
  const above = rule.mode === 'rate*max' ? formula : rule.maxPoints;
  const below = rule.mode === 'step' ? formula : 0;
  const allowed = Number((settled * (threshold.under - threshold.over)) / threshold.under);
  return {
    formula,
    recognised: reached ? above : below,
    lateAllowed: rule.threshold === null && rule.mode !== 'binary' ? null : allowed - rate.late,
  };
}
