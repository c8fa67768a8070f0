import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { AlertService } from '../../src/alerts/alert.service';
import { IngestService } from '../../src/ingest/ingest.service';
import { LetterDraftService } from '../../src/letters/letter-draft.service';
import { startTestApp, type TestApp } from '../support/app';

export const DATA = path.join(__dirname, '..', 'fixtures', 'data');

interface Expected {
  y2025: { late: string[]; settled: number };
  y2026: { late: number; openOverdueByDate: string[]; openDueToday: string[] };
}
/** What is true of the files of cases, counted independently of this project. */
export const EXPECTED = JSON.parse(readFileSync(path.join(DATA, 'expected.json'), 'utf8')) as Expected;

/**
 * An office with the files imported, alerts sent and letters drafted. The clock stands at Monday 23/11/2026 09:00.
 * Jobs do not run by themselves: what the pages show stays as it is.
 */
export async function startOffice(...files: string[]): Promise<TestApp> {
  const app = await startTestApp({ env: { ROLE: 'web' } });
  try {
    const ingest = app.app.get(IngestService);
    for (const fileName of files)
      await ingest.importFile({
        path: path.join(DATA, fileName),
        fileName,
        channel: 'command',
        actor: 'test',
      });
    await app.app.get(AlertService).sweep();
    await app.app.get(LetterDraftService).draftOwed();
    return app;
  } catch (error) {
    await app.close();
    throw error;
  }
}

export const ALL_FILES = ['procedures.json', 'cases-2025.xlsx', 'cases-2026.json'];

/** Waits for what jobs do by themselves. @throws when it has not come after a minute */
export async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`${what}: waited a minute`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export const lettersDrafted = async (app: TestApp): Promise<number> => {
  const [row] = await app.db.query<{ n: number }[]>('select count(*)::int n from letter');
  return row!.n;
};
