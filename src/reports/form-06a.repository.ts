import { Injectable } from '@nestjs/common';
import { OPEN_SQL } from '../cases/case-status';
import { rows, type Tx } from '../database/transaction';
import type { Form06aCounts } from './form-06a';

/** All by date in Vietnam; 7 and 8 are withdrawn and stopped, 1 and 3 are no cases. */
const CASES = `select p.field_name as field, c.channel, c.outcome, c.deadline_day,
    (c.received_at at time zone 'Asia/Ho_Chi_Minh')::date as received,
    case when c.status in (7, 8) then (c.finished_at at time zone 'Asia/Ho_Chi_Minh')::date else c.settled_day end as ended,
    c.status in (7, 8) as given_up, ${OPEN_SQL} as open, c.due_state = 'paused' as paused
  from case_record c join procedure p on p.id = c.procedure_id
  where c.unit_id = any($1) and c.status not in (1, 3)`;

const RECEIVED = 'received between $2 and $3';
const ENDED = 'ended between $2 and $3';
const PENDING = '(ended > $3 or (ended is null and open))';
const IN_TIME = '(deadline_day is null or deadline_day >= $3 or (ended is null and paused))';
const n = (condition: string, name: string): string =>
  `count(*) filter (where ${condition})::int as "${name}"`;

@Injectable()
export class Form06aRepository {
  /** By field, in the order of the alphabet; cases that ended without a result stand with those in time. */
  counts(
    tx: Tx,
    communeIds: number[],
    { from, to }: { from: string; to: string },
  ): Promise<(Form06aCounts & { field: string | null })[]> {
    return rows(
      tx,
      `select field,
         ${n(`${RECEIVED} and channel = 'online'`, 'online')},
         ${n(`${RECEIVED} and channel <> 'online'`, 'direct')},
         ${n('received < $2 and (ended >= $2 or (ended is null and open))', 'carried')},
         ${n(`${ENDED} and not given_up and outcome = 'early'`, 'early')},
         ${n(`${ENDED} and (given_up or coalesce(outcome, 'on-time') = 'on-time')`, 'onTime')},
         ${n(`${ENDED} and not given_up and outcome = 'late'`, 'late')},
         ${n(`${PENDING} and ${IN_TIME}`, 'pendingInTime')},
         ${n(`${PENDING} and not ${IN_TIME}`, 'pendingLate')},
         ${n(`${RECEIVED} and ended is null and not open`, 'endUnknown')},
         ${n(`${RECEIVED} and ended < $2`, 'endBefore')}
       from (${CASES}) c
       where received <= $3 and ((received >= $2) or (ended >= $2) or (ended is null and open))
       group by field order by field nulls last`,
      [communeIds, from, to],
    );
  }
}
