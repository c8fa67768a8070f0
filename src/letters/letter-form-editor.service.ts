import { Injectable } from '@nestjs/common';
import { actorOf } from '../audit/actor';
import { AuditService } from '../audit/audit.service';
import { Database, type Tx } from '../database/transaction';
import { longDay } from '../documents/document-format';
import { parseIsoDay } from '../domain/local-date';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import type { Unit } from '../units/unit';
import { fault } from '../web/form-fault';
import type { FormFault } from '../web/page';
import type { Reader } from '../web/reader';
import { chooseForm } from './letter-form-choice';
import { LetterFormCheck } from './letter-form-check.service';
import { LetterFormRepository, type FormSaving } from './letter-form.repository';
import { shortDay, todayOf } from './new-due';
import { formSum, partsUsed, SHIPPED_FORMS, type FormContent, type ShippedForm } from './shipped-forms';

export interface FormState {
  shipped: ShippedForm;
  /** newest first, of the program and of the office */
  savings: FormSaving[];
  /** what the next change starts from: the newest text of the office, else that of the program */
  newest: FormSaving;
  /** the version documents of today are made with */
  today: FormSaving | undefined;
  /** last day of a form that is no longer in force */
  ended: string | null;
}

/** The texts an office chooses for its documents. Every change is a new version; old ones stay. */
@Injectable()
export class LetterFormEditor {
  constructor(
    private readonly database: Database,
    private readonly forms: LetterFormRepository,
    private readonly check: LetterFormCheck,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** @throws FORM_UNKNOWN */
  async state(form: string, unitId: number, tx: Tx = this.database.pool): Promise<FormState> {
    const shipped = SHIPPED_FORMS.find((f) => f.form === form);
    if (!shipped) throw new AppError('FORM_UNKNOWN', { form });
    const savings = await this.forms.savings(tx, form, unitId);
    const own = savings.find((s) => s.own);
    const newest = own && !own.usual ? own : savings.find((s) => !s.own)!;
    const day = todayOf(this.clock.now());
    const chosen = chooseForm(savings, day);
    const ended = shipped.validTo !== null && shipped.validTo < day ? shipped.validTo : null;
    return { shipped, savings, newest, today: savings.find((s) => s.id === chosen?.id), ended };
  }

  /** @returns the faults, or whether there is a new version */
  async save(reader: Reader, unit: Unit, typed: FormContent, from: number): Promise<FormFault[] | boolean> {
    const content = { ...typed, parts: partsUsed(typed.source) };
    const faults = [...this.dateFaults(content), ...(await this.check.faults(content))];
    if (faults.length > 0) return faults;
    return this.database.transaction(async (tx) => {
      await this.forms.lockOffice(tx, unit.id);
      const { newest, ended } = await this.state(content.form, unit.id, tx);
      if (ended) throw new AppError('FORM_ENDED', { day: longDay(ended) });
      if (saysTheSame(content, newest)) return false;
      if (newest.id !== from)
        return [fault('noi_dung', 'FORM_CHANGED_MEANWHILE', { who: newest.savedBy ?? '' })];
      await this.write(tx, reader, unit, content, false);
      return true;
    });
  }

  /** The text of the program again, from today on. @returns false when it is used already */
  reset(reader: Reader, unit: Unit, form: string): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      await this.forms.lockOffice(tx, unit.id);
      const { newest } = await this.state(form, unit.id, tx);
      if (!newest.own) return false;
      const validFrom = todayOf(this.clock.now());
      await this.write(
        tx,
        reader,
        unit,
        { ...newest, validFrom, validTo: null, source: '', parts: {} },
        true,
      );
      return true;
    });
  }

  private dateFaults({ validFrom, validTo }: FormContent): FormFault[] {
    const today = todayOf(this.clock.now());
    const name = (day: string): string => shortDay(parseIsoDay(day), 0);
    if (validFrom < today) return [fault('tu', 'FORM_FROM_PAST', { today: name(today) })];
    return validTo !== null && validTo < validFrom ? [fault('den', 'FORM_TO_BEFORE_FROM')] : [];
  }

  private async write(
    tx: Tx,
    reader: Reader,
    unit: Unit,
    content: FormContent,
    usual: boolean,
  ): Promise<void> {
    const { form, validFrom, validTo, paper, basis } = content;
    const made = { ...content, sha256: formSum(content), savedAt: this.clock.now() };
    const savedBy = reader.kind === 'user' ? reader.id : null;
    const version = await this.forms.insertOwn(tx, made, { unitId: unit.id, usual, savedBy });
    await this.audit.record(tx, {
      ...actorOf(reader),
      action: 'form.saved',
      subject: `form:${unit.code}/${form}`,
      detail: { version, validFrom, validTo, paper, basis, sha256: made.sha256, usual },
    });
  }
}

/** The first day does not count once it has come: the form offers today. */
const saysTheSame = (typed: FormContent, kept: FormContent): boolean =>
  typed.source === kept.source &&
  typed.paper === kept.paper &&
  typed.basis === kept.basis &&
  typed.validTo === kept.validTo &&
  typed.validFrom >= kept.validFrom &&
  Object.entries(typed.parts).every(([name, text]) => kept.parts[name] === text);
