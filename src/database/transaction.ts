import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, EntityManager } from 'typeorm';

/** First argument of every repository method: the open transaction, or the pool itself for single reads. */
export type Tx = EntityManager;

/** Opens transactions; services use it, repositories never do. */
@Injectable()
export class Database {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** For reads that need no transaction. */
  get pool(): Tx {
    return this.dataSource.manager;
  }

  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.dataSource.transaction(work);
  }

  /** Every statement sees the same state of all tables; for reading more than one of them. */
  snapshot<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.dataSource.transaction('REPEATABLE READ', work);
  }
}

/** Rows of one SQL statement. Column aliases are written in camelCase with quotes where they are read. */
export async function rows<T>(tx: Tx, sql: string, parameters: unknown[] = []): Promise<T[]> {
  const result: unknown = await tx.query(sql, parameters);
  // UPDATE and DELETE … RETURNING answer [rows, count] through TypeORM's pg driver.
  if (
    Array.isArray(result) &&
    result.length === 2 &&
    Array.isArray(result[0]) &&
    typeof result[1] === 'number'
  )
    return result[0] as T[];
  return result as T[];
}

export async function one<T>(tx: Tx, sql: string, parameters: unknown[] = []): Promise<T | undefined> {
  return (await rows<T>(tx, sql, parameters))[0];
}
