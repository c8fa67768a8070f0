import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';

export interface SecondPromise {
  code: string;
  procedure: string;
  allowedBy: string;
  allowedAt: Date;
  reason: string;
}

@Injectable()
export class SecondPromiseRepository {
  async tellOf(tx: Tx, letterId: number, notificationIds: number[]): Promise<void> {
    await rows(
      tx,
      'insert into second_promise_notice (notification_id, letter_id) select unnest($2::bigint[]), $1',
      [letterId, notificationIds],
    );
  }

  /** Undefined when the letter was withdrawn meanwhile. */
  ofNotification(tx: Tx, notificationId: number): Promise<SecondPromise | undefined> {
    return one(
      tx,
      `select c.code, p.name as procedure, coalesce(u.full_name, '') as "allowedBy", l.override_at as "allowedAt",
         l.override_reason as reason
       from second_promise_notice n join letter l on l.id = n.letter_id
       join case_record c on c.id = l.case_id join procedure p on p.id = c.procedure_id
       left join user_account u on u.id = l.override_by
       where n.notification_id = $1 and l.override_reason is not null`,
      [notificationId],
    );
  }
}
