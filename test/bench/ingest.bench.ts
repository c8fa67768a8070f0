import { importing } from './importing';
import type { Bench } from './report';

/** Targets 2 to 6. */
export const bench: Bench = async (say) => importing(say);
