import {
  axisMinimum,
  gridValues,
  scaleGeometry,
  sparkGeometry,
  spectrumGeometry,
  trendGeometry,
} from './chart-geometry';

describe('chart geometry', () => {
  it.each([
    [[97.57, 99.1], 96],
    [[100, 100], 99],
    [[0.4, 50], 0],
    [[null, null], 99],
    [[null, 95], 94],
  ])('the axis of %p starts at %d', (rates, minimum) => {
    expect(axisMinimum(rates)).toBe(minimum);
  });

  it.each([
    [96, [96, 97, 98, 99]],
    [92, [92, 94, 96, 98]],
    [0, [0, 20, 40, 60, 80]],
  ])('the grid above %d is %p', (minimum, values) => {
    expect(gridValues(minimum)).toEqual(values);
  });

  it('a month without settled cases breaks the line instead of drawing zero', () => {
    const { lines, points } = trendGeometry([
      { rate: 99, settled: 10 },
      { rate: null, settled: 0 },
      { rate: 98, settled: 20 },
      { rate: 97, settled: 5 },
    ]);
    expect(lines).toHaveLength(2);
    expect(points[1]!.y).toBeNull();
  });

  it('every point of the trend lies inside the drawing', () => {
    const g = trendGeometry([0, 33.3, 66.7, 100].map((rate) => ({ rate, settled: rate + 1 })));
    for (const p of g.points) {
      expect(p.y).toBeGreaterThanOrEqual(g.top);
      expect(p.y).toBeLessThanOrEqual(g.axisY);
    }
  });

  it('a small multiple of one month is a single dot', () => {
    const g = sparkGeometry([98], 90);
    expect(g.last).toEqual({ x: 4, y: expect.any(Number) });
  });

  it('the fullest bin of the spectrum reaches the top and an empty one stays visible', () => {
    const g = spectrumGeometry([
      { tone: 'late', label: '1', count: 0 },
      { tone: 'today', label: 'hôm nay', count: 4 },
    ]);
    expect(g.bins.map((b) => b.height)).toEqual([1.5, 142]);
  });

  it('labels of the points scale never run into each other', () => {
    const g = scaleGeometry(
      [
        { kind: 'now', value: 2.95 },
        { kind: 'threshold', value: 2.94 },
        { kind: 'before', value: 2.93 },
        { kind: 'after', value: 2.9 },
      ],
      3,
    );
    const shown = g.marks.filter((m) => m.labelY !== null);
    expect(shown[0]).toMatchObject({ kind: 'now' });
    for (const a of shown)
      for (const b of shown)
        if (a !== b && a.labelY === b.labelY) expect(Math.abs(a.x - b.x)).toBeGreaterThanOrEqual(96);
  });

  it('the points scale keeps every mark between its ends', () => {
    const g = scaleGeometry(
      [
        { kind: 'now', value: 2.93 },
        { kind: 'threshold', value: 2.94 },
        { kind: 'before', value: 2.5 },
      ],
      3,
    );
    expect(g.minimum).toBe(2.4);
    for (const m of g.marks) expect(m.x).toBeGreaterThanOrEqual(g.left);
  });
});
