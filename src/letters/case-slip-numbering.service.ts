import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { actorOf } from '../audit/actor';
import { AuditService } from '../audit/audit.service';
import type { Tx } from '../database/transaction';
import { Clock } from '../platform/clock';
import type { Reader } from '../web/reader';
import type { SlipKind } from './case-slip-kinds';
import type { SlipModel } from './case-slip-model';
import { CaseSlipRepository, type CaseSlip } from './case-slip.repository';
import { LetterForms } from './letter-forms.service';
import { LetterSeriesRepository } from './letter-series.repository';
import { todayOf } from './new-due';

/** A document without its number and date. */
export interface SlipDraft {
  kind: SlipKind;
  unitId: number;
  caseId: number;
  code: string;
  eventId: number;
  suffix: string;
  model: SlipModel;
  /** from the form: the same token makes the same document */
  token: string;
}

/** Takes the number of a document and freezes its text. */
@Injectable()
export class CaseSlipNumbering {
  constructor(
    private readonly slips: CaseSlipRepository,
    private readonly forms: LetterForms,
    private readonly series: LetterSeriesRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** @throws LETTER_FORM_MISSING */
  async take(tx: Tx, reader: Reader, draft: SlipDraft): Promise<CaseSlip> {
    const { kind, unitId, caseId, eventId, suffix, token } = draft;
    const madeAt = this.clock.now();
    const slipDate = todayOf(madeAt);
    const series = await this.series.lock(tx, unitId, Number(slipDate.slice(0, 4)), suffix);
    const before = await this.slips.byToken(tx, caseId, token);
    if (before) return before;
    const form = await this.forms.inForce(tx, kind, slipDate, unitId);
    const number = await this.slips.takeNumber(tx, series.id);
    const model = { ...draft.model, number, letterDate: slipDate };
    const sha256 = createHash('sha256')
      .update(JSON.stringify([form.sha256, model]))
      .digest('hex');
    const madeBy = reader.kind === 'user' ? reader.id : null;
    const kept = { seriesId: series.id, number, slipDate, formId: form.id, model, sha256, madeBy, madeAt };
    const id = await this.slips.insert(tx, { unitId, caseId, kind, eventId, token, ...kept });
    await this.audit.record(tx, {
      ...actorOf(reader),
      action: 'slip.made',
      subject: `case:${draft.code}`,
      detail: { kind, number, suffix, slipDate, sha256 },
    });
    return (await this.slips.byId(tx, caseId, id))!;
  }
}
