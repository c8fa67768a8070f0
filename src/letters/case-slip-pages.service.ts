import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { countingEvents, textIn } from '../cases/case-events';
import type { CaseDetail, CaseEventRow } from '../cases/case.repository';
import { CaseService } from '../cases/case.service';
import { Database } from '../database/transaction';
import { paddedNumber } from '../documents/document-format';
import { AppError } from '../platform/errors';
import type { FormFault } from '../web/page';
import type { Reader } from '../web/reader';
import { typed } from '../web/typed-instant';
import { addresseeOf, type ApplicantKind } from './addressee';
import {
  paperRows,
  writtenStop,
  writtenSupplement,
  type StopForm,
  type SupplementForm,
  type Written,
} from './case-slip-form';
import { slipKinds, type SlipKind } from './case-slip-kinds';
import type { SlipModel } from './case-slip-model';
import { CaseSlipRepository, type CaseSlip } from './case-slip.repository';
import { CaseSlips } from './case-slip.service';
import { LetterComposer } from './letter-composer';
import { letterheadOf } from './letterhead';
import { todayOf } from './new-due';

type Ground = Awaited<ReturnType<CaseSlipPages['ground']>>;

/** The pages on which officers make a supplement request or a stop notice of a case. */
@Injectable()
export class CaseSlipPages {
  constructor(
    private readonly database: Database,
    private readonly cases: CaseService,
    private readonly slips: CaseSlipRepository,
    private readonly making: CaseSlips,
    private readonly composer: LetterComposer,
  ) {}

  async supplement(reader: Reader, code: string, form: SupplementForm | null, more = 0) {
    const ground = await this.ground(reader, code, 'supplement-request');
    const shown = form ?? {
      ...{ giay_to: [], ban_chinh: [], ban_chung_thuc: [], ban_photo: [], ...contactInputs(ground) },
      ...{ ly_do: groundText(ground), nguoi_huong_dan: reader.name },
    };
    const warnings = ground.warnings.filter((w) => w.kind.startsWith('supplement'));
    return { ...(await this.page(ground, form)), warnings, form: shown, papers: paperRows(shown, more) };
  }

  async stop(reader: Reader, code: string, form: StopForm | null) {
    const ground = await this.ground(reader, code, 'stop-notice');
    const { found, event } = ground;
    const { title, name } = applicantOf(found);
    const shown = form ?? {
      ...{ nguoi_de_nghi: [title, name].filter(Boolean).join(' '), ...contactInputs(ground) },
      ...{ ngay_de_nghi: event ? typed(event.at).day : '', ly_do: groundText(ground), giai_doan: '' },
      ...{ quyet_dinh: 'chưa có quyết định, kết quả giải quyết', tai_chinh: '' },
    };
    return { ...(await this.page(ground, form)), form: shown, stoppedAt: event?.at ?? null };
  }

  async makeSupplement(reader: Reader, code: string, form: SupplementForm): Promise<CaseSlip | FormFault[]> {
    const ground = await this.ground(reader, code, 'supplement-request');
    const event = eventOf(ground);
    const { found } = ground;
    return this.make(
      reader,
      { ...ground, event, token: form.ma_xac_nhan },
      writtenSupplement(form),
      (text) => ({
        ...{ ...commonOf(ground), ...text, applicantPhone: found.phone, applicantEmail: found.email },
      }),
    );
  }

  async makeStop(reader: Reader, code: string, form: StopForm): Promise<CaseSlip | FormFault[]> {
    const ground = await this.ground(reader, code, 'stop-notice');
    const event = eventOf(ground);
    const { found, head } = ground;
    const stopDay = todayOf(event.at);
    const written = writtenStop(form, { from: todayOf(found.receivedAt), to: stopDay });
    return this.make(reader, { ...ground, event, token: form.ma_xac_nhan }, written, (text) => ({
      ...{ ...commonOf(ground), ...text, stopDay, promisedAt: found.promisedAt?.toISOString() ?? null },
      ...{ copies: ground.department ? [ground.department] : [], signer: head.signer },
    }));
  }

  /** @throws SLIP_NOT_FOUND, CASE_NOT_FOUND */
  async file(
    reader: Reader,
    code: string,
    kind: SlipKind,
    id: number,
  ): Promise<{ slip: CaseSlip; pdf: Buffer }> {
    const { found } = await this.cases.detail(reader, code);
    const slip = await this.slips.byId(this.database.pool, found.id, id);
    if (slip?.kind !== kind) throw new AppError('SLIP_NOT_FOUND', { code });
    return { slip, pdf: await this.making.file(slip) };
  }

  private async make<T>(
    reader: Reader,
    { found, suffix, kind, event, token }: Ground & { event: CaseEventRow; token: string },
    written: Written<T>,
    model: (text: T) => SlipModel,
  ): Promise<CaseSlip | FormFault[]> {
    if (written.faults) return written.faults;
    const of = { unitId: found.unitId, caseId: found.id, code: found.code, eventId: event.id };
    return this.making.make(reader, { kind, suffix, token, ...of, model: model(written.text) });
  }

  private async page({ found, kind, event }: Ground, form: { ma_xac_nhan: string } | null) {
    const { path, title } = slipKinds[kind];
    const action = `/ho-so/${encodeURIComponent(found.code)}/${path}`;
    const made = await this.slips.ofCase(this.database.pool, found.id, kind);
    return {
      ...{ title, case: found, action, possible: event !== undefined },
      token: form?.ma_xac_nhan ?? randomUUID(),
      slips: made.map((slip) => ({
        ...{ number: numberOf(slip), slipDate: slip.slipDate, madeBy: slip.madeBy, madeAt: slip.madeAt },
        href: `${action}/${slip.id}`,
      })),
    };
  }

  private async ground(reader: Reader, code: string, kind: SlipKind) {
    const { found, story } = await this.cases.told(reader, code);
    const office = await this.composer.office(found.unitId);
    const head = letterheadOf(office);
    const event = countingEvents(story.events).findLast((e) => slipKinds[kind].events.includes(e.kind));
    const department = found.departmentName === office.centreName ? null : found.departmentName;
    const contact = { unit: department ?? head.agencyInText, phone: office.settings.phone.trim() };
    const suffix = slipKinds[kind].suffix(head.suffix);
    return { kind, found, event, head, department, contact, suffix, warnings: story.warnings };
  }
}

/** "03/HDHS" */
export const numberOf = ({ number, suffix }: CaseSlip): string => `${paddedNumber(number)}/${suffix}`;

/** @throws SLIP_NO_SUPPLEMENT, SLIP_NO_STOP when nothing was recorded that the document could tell */
function eventOf({ kind, event, found }: Ground): CaseEventRow {
  if (event) return event;
  throw new AppError(kind === 'supplement-request' ? 'SLIP_NO_SUPPLEMENT' : 'SLIP_NO_STOP', {
    code: found.code,
  });
}

const groundText = ({ event }: Ground): string =>
  textIn(event?.data.ground) ?? textIn(event?.data.text) ?? '';
const contactInputs = ({ contact }: Ground) => ({ lien_he: contact.unit, dien_thoai: contact.phone });

const applicantOf = ({ applicantName, applicantKind, address }: CaseDetail) =>
  addresseeOf(applicantName, applicantKind as ApplicantKind | null, address);

function commonOf({ found, head, suffix }: Ground) {
  const { agencyParent, agency, agencyInText, place } = head;
  return {
    ...{ agencyParent, agency, agencyInText, place, suffix, number: null, letterDate: null },
    ...{ addressee: applicantOf(found), code: found.code, procedureCode: found.procedureCode },
    procedure: found.procedureName
      .normalize('NFC')
      .replace(/^thủ tục:?\s+(\S)/iu, (_, first: string) => first.toUpperCase()),
    receivedAt: found.receivedAt.toISOString(),
  };
}
