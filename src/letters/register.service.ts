import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { civil, dayOfInstant } from '../domain/local-date';
import { Clock } from '../platform/clock';
import { labels } from '../platform/labels';
import type { Reader } from '../web/reader';
import { registerWorkbook } from './register-workbook';
import { RegisterRepository, type RegisterRow } from './register.repository';
import { LetterRepository } from './letter.repository';

/** The register as a page and as a workbook. */
@Injectable()
export class RegisterService {
  constructor(
    private readonly database: Database,
    private readonly register: RegisterRepository,
    private readonly letters: LetterRepository,
    private readonly clock: Clock,
  ) {}

  async page(reader: Reader, asked: number | null): Promise<object> {
    const tx = this.database.pool;
    const thisYear = civil(dayOfInstant(this.clock.now())).year;
    const year = asked ?? thisYear;
    const totals = await this.register.totals(tx, reader.communeIds, year);
    const years = await this.register.years(tx, reader.communeIds);
    // drafts wait for a number of this year's series
    const waiting = (year === thisYear ? totals.drafts : 0) + totals.numbered;
    return {
      title: `${labels.letter.register} ${year}`,
      year,
      years: [...new Set([thisYear, ...years])].sort((a, b) => b - a),
      rows: (await this.register.ofYear(tx, reader.communeIds, year)).map(rowView),
      owed: totals.sent + waiting,
      sent: totals.sent,
      waiting,
      cancelled: totals.cancelled,
      onDesk: await this.letters.countUnsent(tx, reader.communeIds),
      mayWrite: reader.role === 'clerk',
    };
  }

  async workbook(reader: Reader, asked: number | null): Promise<{ name: string; file: Buffer }> {
    const year = asked ?? civil(dayOfInstant(this.clock.now())).year;
    const rows = await this.register.ofYear(this.database.pool, reader.communeIds, year);
    const file = await registerWorkbook(year, rows.map(rowView).reverse());
    return { name: `${labels.letter.registerFile}-${year}.xlsx`, file };
  }
}

export type RegisterView = ReturnType<typeof rowView>;

/** Facts of the paper as numbered, beside what happened to it. */
function rowView(row: RegisterRow) {
  const { model } = row;
  return {
    number: row.number,
    suffix: row.suffix,
    letterDate: row.letterDate,
    who: model.addressee.name,
    address: model.addressee.address,
    procedure: model.procedure,
    code: row.code,
    deadlineAt: row.deadlineAt,
    newDueAt: row.newDueAt,
    reason: model.reasonLines.join('\n'),
    signer: model.signer.name,
    state: row.state,
    cancelReason: row.cancelReason,
    channel: row.channel === null ? null : labels.letter.channel[row.channel],
    sentAt: row.sentAt,
    timing: row.sentAt === null ? null : labels.letter.timing[timingOf(row.sentAt, row.deadlineAt)],
    recipient: row.recipient,
    evidence: row.evidence,
    fileSha256: row.fileSha256,
  };
}

/** Đ19.9 asks for the letter a day before the deadline; by date, like every outcome. */
const timingOf = (sentAt: Date, deadlineAt: Date): 'before' | 'late' =>
  dayOfInstant(sentAt) < dayOfInstant(deadlineAt) ? 'before' : 'late';
