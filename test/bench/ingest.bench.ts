import { importing } from './importing';
import { readingCsv, readingXlsx } from './reading';
import type { Bench } from './report';

/** Targets 2 to 6. */
export const bench: Bench = async (say) => [
  ...(await importing(say)),
  ...(await readingCsv(say)),
  ...(await readingXlsx(say)),
];
