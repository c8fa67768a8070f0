import { randomUUID } from 'node:crypto';
import { DeadlineService } from '../../src/cases/deadline.service';
import { Database } from '../../src/database/transaction';
import { LetterApproval } from '../../src/letters/letter-approval.service';
import { LetterBatchService } from '../../src/letters/letter-batch.service';
import { LetterChoice } from '../../src/letters/letter-choice.service';
import type { Numbered } from '../../src/letters/letter-numbering.service';
import { LetterService } from '../../src/letters/letter.service';
import { UnitService } from '../../src/units/unit.service';
import type { FormFault } from '../../src/web/page';
import type { Reader, Role } from '../../src/web/reader';
import type { TestApp } from '../support/app';

export interface LetterCase {
  code: string;
  received?: string;
  promised: string;
  finished?: string;
  /** 4 in process, 5 supplement requested, 9 finished, 7 withdrawn */
  status?: number;
  applicant?: string;
  kind?: 'person' | 'organisation' | 'household-business' | null;
  address?: string | null;
  procedure?: string;
}

/** Puts cases in as an import would and computes their deadlines. @returns their ids by code */
export async function addCases(t: TestApp, cases: LetterCase[]): Promise<Map<string, number>> {
  const commune = await t.app.get(UnitService).commune();
  const ids = new Map<string, number>();
  for (const c of cases) {
    const [procedure] = await t.db.query<{ id: number }[]>(
      `insert into procedure (code, name, incomplete) values ($1, $2, true)
       on conflict (code) do update set name = excluded.name returning id`,
      [`T.${(c.procedure ?? 'x').length}`, c.procedure ?? 'Thủ tục đăng ký lại khai sinh'],
    );
    const [row] = await t.db.query<{ id: number }[]>(
      `insert into case_record (unit_id, code, procedure_id, applicant_name, applicant_kind, address, channel, status,
         received_at, promised_first_at, promised_at, finished_at, source, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, 'direct', $7, $8, $9, $9, $10, 'test', now(), now()) returning id`,
      [
        commune.id,
        c.code,
        procedure!.id,
        c.applicant ?? 'Vàng Thị Pàng',
        c.kind ?? null,
        c.address === undefined ? 'bản Cò Lá, xã Bình Lư' : c.address,
        c.status ?? (c.finished ? 9 : 4),
        c.received ?? '2026-08-03T08:00:00+07:00',
        c.promised,
        c.finished ?? null,
      ],
    );
    ids.set(c.code, row!.id);
  }
  await recompute(t, [...ids.values()]);
  return ids;
}

export const recompute = (t: TestApp, ids: number[]): Promise<unknown> =>
  t.app.get(Database).transaction((tx) => t.app.get(DeadlineService).recompute(tx, ids));

/** Changes facts of one case as the source would and computes again. */
export async function changeCase(
  t: TestApp,
  code: string,
  set: string,
  values: unknown[] = [],
): Promise<void> {
  const [row] = (await t.db.query(`update case_record set ${set} where code = $1 returning id`, [
    code,
    ...values,
  ])) as [{ id: number }[], number];
  await recompute(t, [row[0]!.id]);
}

export const clerkOf = (t: TestApp): Promise<Reader> => readerOf(t, 'clerk');

/** The first account of the role, as the guard would make it known. */
export async function readerOf(t: TestApp, role: Role): Promise<Reader> {
  const commune = await t.app.get(UnitService).commune();
  const [user] = await t.db.query<{ id: number; name: string; title: string; unitId: number }[]>(
    `select id, full_name as name, title, unit_id as "unitId" from user_account where role = $1 order by id limit 1`,
    [role],
  );
  return {
    kind: 'user',
    ...user!,
    role,
    departmentId: null,
    communeIds: [commune.id],
    unitName: '',
    letterKeys: true,
    sessionId: '',
  };
}

export interface LetterRow {
  code: string;
  form: string;
  state: string;
  number: number | null;
  reason: string | null;
  newDueAt: Date | null;
  fileSha256: string | null;
}

export const lettersOf = (t: TestApp): Promise<LetterRow[]> =>
  t.db.query(
    `select c.code, l.form, l.state, l.number, l.reason, l.new_due_at as "newDueAt", l.file_sha256 as "fileSha256"
     from letter l join case_record c on c.id = l.case_id order by c.code, l.id`,
  );

/** One reason for those that have none, and the approval of all that are complete. */
export async function approveLetters(t: TestApp, codes: string[], reason?: string): Promise<void> {
  const clerk = await clerkOf(t);
  const choice = t.app.get(LetterChoice);
  const chosen = await choice.of(clerk, codes);
  if (reason !== undefined)
    await t.app.get(LetterService).giveReason(clerk, chosen, { reason, nature: 'objective' });
  const ready = (await choice.of(clerk, codes)).filter((l) => l.state === 'ready');
  if (ready.length === 0) return;
  const faults = await t.app.get(LetterApproval).approve(await readerOf(t, 'supervisor'), ready);
  if (faults.length > 0) throw new Error(faults.map((f) => f.text).join('; '));
}

/** Numbers of the office's own series for approved letters. */
export const numberLetters = async (
  t: TestApp,
  codes: string[],
  more: Partial<{ date: string; token: string }> = {},
): Promise<Numbered | FormFault[]> =>
  t.app.get(LetterBatchService).confirm(await clerkOf(t), {
    codes,
    letterDate: more.date ?? '2026-08-26',
    token: more.token ?? randomUUID(),
    given: null,
  });

/** From drafts to numbers, as officer, supervisor and clerk would. */
export async function confirmLetters(
  t: TestApp,
  codes: string[],
  more: Partial<{ reason: string; date: string; token: string }> = {},
): Promise<Numbered | FormFault[]> {
  await approveLetters(t, codes, more.reason);
  return numberLetters(t, codes, more);
}
