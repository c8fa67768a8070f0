const MAX_TRIES = 5;
/** Another import brought one of the cases, or two transactions waited for each other: all of it is tried anew. */
const WORTH_ANOTHER_TRY = ['23505', '40P01', '40001'];

/** What was compared is not what is there any more, though the database saw no conflict. */
export class ComparedTooEarly extends Error {
  readonly code = '40001';
}

/** @param work a whole transaction that writes cases */
export async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (e) {
      const code = (e as { code?: string }).code ?? '';
      if (!WORTH_ANOTHER_TRY.includes(code) || tries >= MAX_TRIES) throw e;
    }
  }
}
