import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';

export interface IngestSource {
  code: string;
  name: string;
}

/** The systems in which cases are born. */
@Injectable()
export class IngestSourceRepository {
  all(tx: Tx): Promise<IngestSource[]> {
    return rows<IngestSource>(tx, 'select code, name from ingest_source order by created_at, code');
  }

  /** By code, or by name without regard to marks and case. */
  find(tx: Tx, text: string): Promise<IngestSource | undefined> {
    return one<IngestSource>(
      tx,
      'select code, name from ingest_source where code = $1 or search_key(name) = search_key($1) order by code = $1 desc',
      [text],
    );
  }

  async insert(tx: Tx, { code, name }: IngestSource): Promise<void> {
    await tx.query('insert into ingest_source (code, name) values ($1, $2) on conflict do nothing', [
      code,
      name,
    ]);
  }
}
