import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import type { UnitKind } from '../units/unit';
import type { Role } from '../web/reader';

export interface ApiKey {
  id: number;
  unitId: number;
  unitName: string;
  unitKind: UnitKind;
  name: string;
  /** the first letters, to tell keys apart; the rest is stored as a hash only */
  prefix: string;
  role: Role;
  createdAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

export type NewApiKey = Pick<ApiKey, 'unitId' | 'name' | 'prefix' | 'role' | 'createdAt'> & {
  keyHash: Buffer;
};

const SELECT = `select k.id, k.unit_id as "unitId", u.name as "unitName", u.kind as "unitKind", k.name, k.prefix, k.role,
    k.created_at as "createdAt", k.last_used_at as "lastUsedAt", k.revoked_at as "revokedAt"
  from api_key k join unit u on u.id = k.unit_id`;

@Injectable()
export class ApiKeyRepository {
  async insert(tx: Tx, key: NewApiKey): Promise<void> {
    await tx.query(
      `insert into api_key (unit_id, name, prefix, key_hash, role, created_at) values ($1, $2, $3, $4, $5, $6)`,
      [key.unitId, key.name, key.prefix, key.keyHash, key.role, key.createdAt],
    );
  }

  validByHash(tx: Tx, keyHash: Buffer): Promise<ApiKey | undefined> {
    return one<ApiKey>(tx, `${SELECT} where k.key_hash = $1 and k.revoked_at is null`, [keyHash]);
  }

  /** Keys of the communes, valid ones first. */
  inReach(tx: Tx, communeIds: number[], unitId: number): Promise<ApiKey[]> {
    return rows<ApiKey>(
      tx,
      `${SELECT} where k.unit_id = $2 or u.id = any($1) or u.parent_id = any($1)
       order by k.revoked_at is not null, k.id desc`,
      [communeIds, unitId],
    );
  }

  async touch(tx: Tx, id: number, now: Date): Promise<void> {
    await tx.query('update api_key set last_used_at = $2 where id = $1', [id, now]);
  }

  /** @returns false when the key was revoked already */
  async revoke(tx: Tx, id: number, now: Date): Promise<boolean> {
    const row = await one(
      tx,
      'update api_key set revoked_at = $2 where id = $1 and revoked_at is null returning id',
      [id, now],
    );
    return row !== undefined;
  }
}
