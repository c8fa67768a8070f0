import type { TimeLeft, UrgencyGroup } from '../domain/outcome';
import type { CaseAccount } from './due-account.service';
import type { QueueRow } from './queue.repository';
import { foldStrip } from './strip-fold';

/** Cells of a strip inside a row of the list: one line, and a page of 50 rows stays light for an old PC. */
const ROW_STRIP = 10;

/** One row as `case-row.hbs` shows it. */
export function rowView(
  row: QueueRow,
  urgency: UrgencyGroup,
  left: TimeLeft | null,
  account: CaseAccount | undefined,
) {
  const explained = account && account.cells.length > 0 && urgency !== 'paused';
  return {
    code: row.code,
    applicant: row.applicantName,
    procedure: row.procedureName,
    urgency,
    left: urgency === 'paused' ? null : left,
    deadlineAt: urgency === 'paused' ? null : row.deadlineAt,
    forecast: row.forecast,
    status: row.status,
    officer: row.officerName,
    unit: row.departmentName,
    letterState: row.letterState,
    reminders: row.reminded,
    account: explained ? { ...account, cells: foldStrip(account.cells, ROW_STRIP) } : null,
    pause: urgency === 'paused' ? (account?.pause ?? null) : null,
  };
}
