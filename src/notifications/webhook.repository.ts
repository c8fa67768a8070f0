import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';

export interface NewWebhook {
  /** null: for every commune without one of its own */
  unitId: number | null;
  name: string;
  url: string;
  sealedSecret: string;
  createdBy: string;
  createdAt: Date;
}

export interface Webhook {
  id: number;
  unitId: number | null;
  unitName: string | null;
  name: string;
  url: string;
  active: boolean;
  /** letters may be told to citizens through it */
  forCitizens: boolean;
  createdBy: string;
  createdAt: Date;
}

/** Where a message goes, and what signs it. */
export interface WebhookTarget {
  url: string;
  sealedSecret: string;
}

@Injectable()
export class WebhookRepository {
  /** Those of the communes and the common ones; the ones in use first. */
  inReach(tx: Tx, communeIds: number[]): Promise<Webhook[]> {
    return rows(
      tx,
      `select w.id, w.unit_id as "unitId", u.name as "unitName", w.name, w.url, w.active, w.for_citizens as "forCitizens",
         w.created_by as "createdBy", w.created_at as "createdAt"
       from webhook w left join unit u on u.id = w.unit_id
       where w.unit_id is null or w.unit_id = any($1)
       order by w.active desc, w.unit_id nulls first, w.id desc`,
      [communeIds],
    );
  }

  /** Undefined when the office has an active one already. */
  async insert(tx: Tx, made: NewWebhook): Promise<number | undefined> {
    const inserted = await one<{ id: number }>(
      tx,
      `insert into webhook (unit_id, name, url, secret, created_by, created_at) values ($1, $2, $3, $4, $5, $6)
       on conflict do nothing returning id`,
      [made.unitId, made.name, made.url, made.sealedSecret, made.createdBy, made.createdAt],
    );
    return inserted?.id;
  }

  async switchOff(tx: Tx, id: number): Promise<void> {
    await rows(tx, 'update webhook set active = false where id = $1', [id]);
  }

  async openToCitizens(tx: Tx, id: number, open: boolean): Promise<void> {
    await rows(tx, 'update webhook set for_citizens = $2 where id = $1', [id, open]);
  }

  target(tx: Tx, id: number): Promise<WebhookTarget | undefined> {
    return one(tx, `select url, secret as "sealedSecret" from webhook where id = $1`, [id]);
  }

  /** The active one of the commune that the unit is or belongs to, else the common one. */
  targetOf(tx: Tx, unitId: number, forCitizens = false): Promise<WebhookTarget | undefined> {
    return one(
      tx,
      `select w.url, w.secret as "sealedSecret" from webhook w, unit u
       where u.id = $1 and w.active and (w.for_citizens or not $2)
         and (w.unit_id is null or w.unit_id in (u.id, u.parent_id))
       order by w.unit_id nulls last limit 1`,
      [unitId, forCitizens],
    );
  }
}
