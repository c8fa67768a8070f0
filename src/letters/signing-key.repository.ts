import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';

export type SigningKeyKind = 'p12' | 'service';

export interface NewSigningKey {
  unitId: number;
  name: string;
  kind: SigningKeyKind;
  sealedSecret: string;
  subject: string;
  validTo: Date;
  /** PEM: the signer's own first, then its issuers */
  certificate: string;
  addedBy: number | null;
  addedAt: Date;
}

export interface SigningKey {
  id: number;
  unitId: number;
  unitName: string;
  name: string;
  kind: SigningKeyKind;
  subject: string;
  validTo: Date;
  certificate: string;
  addedBy: string | null;
  addedAt: Date;
  removedAt: Date | null;
}

const KEY = `select k.id, k.unit_id as "unitId", u.name as "unitName", k.name, k.kind, k.subject,
    k.valid_to as "validTo", k.certificate, a.full_name as "addedBy", k.added_at as "addedAt",
    k.removed_at as "removedAt"
  from signing_key k join unit u on u.id = k.unit_id left join user_account a on a.id = k.added_by`;

@Injectable()
export class SigningKeyRepository {
  /** Also those that were removed; the ones in use first. */
  inReach(tx: Tx, communeIds: number[]): Promise<SigningKey[]> {
    return rows(tx, `${KEY} where k.unit_id = any($1) order by k.removed_at is not null, u.name, k.id desc`, [
      communeIds,
    ]);
  }

  activeOf(tx: Tx, unitId: number): Promise<(SigningKey & { sealedSecret: string }) | undefined> {
    return one(
      tx,
      `select x.*, k.secret as "sealedSecret" from (${KEY}) x join signing_key k using (id)
       where x."unitId" = $1 and x."removedAt" is null`,
      [unitId],
    );
  }

  /** Undefined when the office has one already. */
  async insert(tx: Tx, key: NewSigningKey): Promise<number | undefined> {
    const inserted = await one<{ id: number }>(
      tx,
      `insert into signing_key (unit_id, name, kind, secret, subject, valid_to, certificate, added_by, added_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning id`,
      [
        ...[key.unitId, key.name, key.kind, key.sealedSecret, key.subject],
        ...[key.validTo, key.certificate, key.addedBy, key.addedAt],
      ],
    );
    return inserted?.id;
  }

  /** The secret goes with the key: a removed one can sign nothing any more. */
  async remove(tx: Tx, id: number, at: Date): Promise<void> {
    await rows(tx, `update signing_key set removed_at = $2, secret = '' where id = $1`, [id, at]);
  }
}
