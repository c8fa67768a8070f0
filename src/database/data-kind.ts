import type { DataKind } from '../platform/data-folder';
import { AppError } from '../platform/errors';
import { one, rows, type Tx } from './transaction';

const KEY = 'data-kind';

/**
 * Marks a database as holding real data or the sample commune, on first use; from then on the other kind is refused.
 * @throws AppError DEMO_ON_REAL_DATA, REAL_ON_DEMO_DATA
 */
export async function claimDataKind(tx: Tx, kind: DataKind, where: string): Promise<void> {
  await rows(
    tx,
    `insert into dated_setting (key, valid_from, value, confirmed) values ($1, date '2000-01-01', $2, true)
       on conflict do nothing`,
    [KEY, JSON.stringify(kind)],
  );
  const found = await dataKind(tx);
  if (found === kind) return;
  throw new AppError(found === 'real' ? 'DEMO_ON_REAL_DATA' : 'REAL_ON_DEMO_DATA', { where });
}

/** What the database holds; undefined before its first use. */
export async function dataKind(tx: Tx): Promise<DataKind | undefined> {
  const marked = await one<{ kind: DataKind }>(
    tx,
    `select value #>> '{}' as kind from dated_setting where key = $1`,
    [KEY],
  );
  return marked?.kind;
}
