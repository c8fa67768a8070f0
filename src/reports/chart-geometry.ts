/**
 * Geometry of the dashboard's charts. Numbers only: the templates draw the SVG and word the labels, so the strict
 * content policy holds and every chart stays vector on paper.
 */
const round = (n: number): number => Math.round(n * 10) / 10;

export interface RatePoint {
  /** Percent, null in a period without settled cases. */
  rate: number | null;
  settled: number;
}

/** Lowest percent on the axis: one below the lowest rate, at most 99, never negative. */
export function axisMinimum(rates: (number | null)[]): number {
  const known = rates.filter((r): r is number => r !== null);
  return Math.max(0, Math.min(99, Math.floor(Math.min(100, ...known) - 1)));
}

/** At most five grid lines between the minimum and 100, on whole percents. */
export function gridValues(minimum: number): number[] {
  const step = [1, 2, 5, 10, 20, 25].find((s) => (100 - minimum) / s <= 5) ?? 25;
  const values: number[] = [];
  for (let v = Math.ceil(minimum / step) * step; v < 100; v += step) values.push(v);
  return values;
}

const segments = <T extends { y: number | null; x: number }>(points: T[]): string[] => {
  const lines: string[] = [];
  let open: string[] = [];
  for (const p of [...points, { y: null, x: 0 }]) {
    if (p.y !== null) open.push(`${p.x},${p.y}`);
    else if (open.length) open = (lines.push(open.join(' ')), []);
  }
  return lines;
};

export function trendGeometry<T extends RatePoint>(points: T[]) {
  const box = { width: 820, height: 236, left: 46, right: 66, top: 22, bottom: 44 };
  const w = box.width - box.left - box.right;
  const h = box.height - box.top - box.bottom;
  const minimum = axisMinimum(points.map((p) => p.rate));
  const slot = w / points.length;
  const y = (v: number) => round(box.top + ((100.4 - v) / (100.4 - minimum + 0.5)) * h);
  const most = Math.max(1, ...points.map((p) => p.settled));
  const placed = points.map((p, i) => {
    const x = round(box.left + (i + 0.5) * slot);
    const barHeight = round((p.settled / most) * 30);
    return {
      ...p,
      x,
      y: p.rate === null ? null : y(p.rate),
      labelY: p.rate === null ? null : y(p.rate) + 20,
      bar: {
        x: round(x - slot * 0.32),
        y: round(box.top + h - barHeight),
        width: round(slot * 0.64),
        height: barHeight,
      },
    };
  });
  return {
    ...box,
    minimum,
    axisY: box.top + h,
    axisRight: box.width - box.right,
    targetY: y(100),
    targetLabelX: box.width - box.right + 8,
    tickY: box.top + h + 18,
    yearY: box.height - 6,
    gridLabelX: box.left - 8,
    grid: gridValues(minimum).map((value) => ({ value, y: y(value), labelY: y(value) + 4 })),
    points: placed,
    lines: segments(placed),
  };
}

export function sparkGeometry(rates: (number | null)[], minimum: number) {
  const box = { width: 260, height: 84, left: 4, right: 12 };
  const top = 8;
  const base = 66;
  const x = (i: number) =>
    round(box.left + (i * (box.width - box.left - box.right)) / Math.max(1, rates.length - 1));
  const y = (v: number) => round(top + ((100 - v) / Math.max(1, 100 - minimum)) * (base - top));
  const placed = rates.map((r, i) => ({ x: x(i), y: r === null ? null : y(r) }));
  return {
    ...box,
    base,
    targetY: top,
    axisRight: box.width - box.right,
    lines: segments(placed),
    last: placed.filter((p) => p.y !== null).at(-1) ?? null,
  };
}

export interface SpectrumBin {
  tone: string;
  label: string;
  count: number;
}

/** One axis: ageing of overdue cases left of today, remaining working days right of it. */
export function spectrumGeometry(bins: SpectrumBin[]) {
  const box = { width: 540, height: 216 };
  const top = 22;
  const h = box.height - top - 52;
  const slot = box.width / bins.length;
  const most = Math.max(1, ...bins.map((b) => b.count));
  const today = bins.findIndex((b) => b.tone === 'today');
  return {
    ...box,
    axisY: top + h,
    tickY: top + h + 17,
    captionY: box.height - 10,
    leftCaptionX: round((today * slot) / 2),
    rightCaptionX: round((today + 1) * slot + (box.width - (today + 1) * slot) / 2),
    bins: bins.map((bin, i) => {
      const height = round((bin.count / most) * h);
      return {
        ...bin,
        x: round(i * slot + slot * 0.14),
        width: round(slot * 0.72),
        y: round(top + h - height),
        height: Math.max(height, 1.5),
        middle: round(i * slot + slot / 2),
        labelY: round(top + h - height - 6),
      };
    }),
  };
}

export interface ScaleMark {
  value: number;
  kind: 'now' | 'before' | 'after' | 'threshold';
}

/** Room a label needs on the scale. */
const LABEL_WIDTH = 96;
const BY_WEIGHT: ScaleMark['kind'][] = ['now', 'threshold', 'before', 'after'];

/** Now and last year are named below the axis, the rest above; a label that would run into a weightier one is left out. */
function labelled<M extends ScaleMark & { x: number }>(marks: M[], width: number) {
  const taken: { below: boolean; x: number }[] = [];
  return [...marks]
    .sort((a, b) => BY_WEIGHT.indexOf(a.kind) - BY_WEIGHT.indexOf(b.kind))
    .map((mark) => {
      const below = mark.kind === 'now' || mark.kind === 'before';
      const ends = below ? [0, width] : [];
      const free =
        mark.kind === 'now' ||
        (ends.every((end) => Math.abs(end - mark.x) >= LABEL_WIDTH / 2) &&
          taken.every((t) => t.below !== below || Math.abs(t.x - mark.x) >= LABEL_WIDTH));
      if (free) taken.push({ below, x: mark.x });
      const anchor = mark.x < 60 ? 'start' : mark.x > width - 60 ? 'end' : 'middle';
      return { ...mark, anchor, labelY: free ? (below ? 55 : 14) : null };
    });
}

/** The points scale from just below the lowest mark to the maximum. */
export function scaleGeometry(marks: ScaleMark[], maxPoints: number) {
  const box = { width: 720, height: 62 };
  const left = 8;
  const lowest = Math.min(maxPoints - 0.1, ...marks.map((m) => m.value - 0.02));
  const minimum = Math.max(0, Math.floor(lowest * 10) / 10);
  const x = (v: number) => round(left + ((v - minimum) / (maxPoints - minimum)) * (box.width - 2 * left));
  const placed = labelled(
    marks.map((m) => ({ ...m, x: x(m.value) })),
    box.width,
  );
  return {
    ...box,
    left,
    right: box.width - left,
    axisY: 32,
    minimum,
    maxPoints,
    marks: placed,
    now: placed.find((m) => m.kind === 'now') ?? null,
  };
}
