import { createRequire } from 'node:module';
import type { Bench } from './report';

/** Every group of measurements: the file `<name>.bench.ts` beside this one exports it as `bench`. */
export const BENCHES = ['calendar', 'ingest', 'alerts', 'letters'];

export class UnknownBench extends Error {}

/**
 * @param names none for all
 * @throws UnknownBench that lists the known names
 */
export function chosen(names: string[], known = BENCHES): string[] {
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new UnknownBench(
      `Không có phép đo ${unknown.join(', ')}.\nCác phép đo có: ${known.join(', ')}.\n` +
        'Cách dùng: npm run bench -- [TÊN …] [--json]',
    );
  return names.length > 0 ? [...new Set(names)] : known;
}

/** Only what is measured is loaded. */
export const load = (name: string): Bench =>
  (createRequire(__filename)(`./${name}.bench`) as { bench: Bench }).bench;
