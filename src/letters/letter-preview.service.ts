import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { typed as typedInstant } from '../web/typed-instant';
import { civil, dayOfInstant } from '../domain/local-date';
import type { WorkingCalendar } from '../domain/working-calendar';
import { Clock } from '../platform/clock';
import { trustedHtml } from '../web/view-engine';
import { readDraft, type Draft, type TypedDraft } from './draft-form';
import { asksNewDue, isDraft, isNumbered, isUnsent, type Letter } from './letter';
import { LetterApprovalRepository } from './letter-approval.repository';
import { composeLetter, LetterComposer } from './letter-composer';
import { LetterTexts } from './letter-texts.service';
import { newDueFaults, todayOf } from './new-due';
import { ReasonCatalogue } from './reason-catalogue.service';

/** What stands beside the paper. */
@Injectable()
export class LetterPreviewParts {
  constructor(
    private readonly database: Database,
    private readonly catalogue: ReasonCatalogue,
    private readonly approvals: LetterApprovalRepository,
  ) {}

  reasons(unitId: number) {
    return this.catalogue.of(unitId);
  }

  /** Texts that were approved and opened again. */
  versions(letter: Letter) {
    return this.approvals.versions(this.database.pool, letter.id);
  }
}

/** One letter as the desk shows it: on paper, and in the form. */
@Injectable()
export class LetterPreview {
  constructor(
    private readonly texts: LetterTexts,
    private readonly composer: LetterComposer,
    private readonly parts: LetterPreviewParts,
    private readonly clock: Clock,
  ) {}

  async ground(unitId: number) {
    const [office, calendar] = await Promise.all([
      this.composer.office(unitId),
      this.composer.calendar(unitId),
    ]);
    return { office, calendar };
  }

  async view(letter: Letter, typed: TypedDraft | null): Promise<object> {
    const { office, calendar } = await this.ground(letter.unitId);
    const now = this.clock.now();
    const catalogue = await this.parts.reasons(letter.unitId);
    const shown =
      typed === null ? letter : fitFor(letter, readDraft(typed, calendar, catalogue), calendar, now);
    const { reason, newDueAt } = shown;
    const details = { year: civil(dayOfInstant(now)).year, reason, newDueAt };
    const model = letter.model ?? letter.approved?.model ?? composeLetter(letter, details, office, calendar);
    const { html, form } = await this.texts.preview(letter, model, todayOf(now));
    const saved = letter.newDueAt === null ? { day: '', time: '' } : typedInstant(letter.newDueAt);
    return {
      ...facts(letter),
      who: [model.addressee.title, model.addressee.name].filter(Boolean).join(' '),
      hasAddress: model.addressee.address !== null,
      preview: trustedHtml(html),
      paper: form.paper,
      formName: form.name,
      hasReason: reason !== null,
      hasNewDue: newDueAt !== null,
      extensionDays: model.extensionDays,
      forecastYear: newDueAt === null ? null : forecastYearOf(newDueAt, calendar),
      order: office.settings.numberingOrder,
      versions: letter.approved === null ? await this.parts.versions(letter) : [],
      typed: typed ?? { reason: letter.reason ?? '', nature: letter.reasonNature, ...saved },
    };
  }
}

/** Of what is typed, what could be printed: the paper shows a refused date as missing, not as a promise. */
function fitFor(letter: Letter, draft: Draft, calendar: WorkingCalendar, now: Date): Draft {
  const { newDueAt } = draft;
  const refused = newDueAt !== null && newDueFaults(newDueAt, { ...letter, now, calendar }).length > 0;
  return refused || !asksNewDue(letter) ? { ...draft, newDueAt: null } : draft;
}

/** The year of the new date when its days off are not decided. */
function forecastYearOf(newDueAt: Date, calendar: WorkingCalendar): number | null {
  const day = dayOfInstant(newDueAt);
  return calendar.isForecast(day) ? civil(day).year : null;
}

function facts(letter: Letter) {
  const { code, form, state, cause, number, suffix, letterDate, deadlineAt, promisedAgain, sentAt } = letter;
  return {
    ...{ code, form, state, cause, number, suffix, letterDate, deadlineAt, promisedAgain, sentAt },
    version: letter.approved?.version ?? null,
    approvedAt: letter.approved?.approvedAt ?? null,
    approvedBy: letter.approved?.approvedBy ?? null,
    textSha256: letter.approved?.sha256 ?? null,
    reportedBy: letter.reportedBy,
    reportedAt: letter.reportedAt,
    returnedRemark: letter.returnedRemark,
    returnedBy: letter.returnedBy,
    overrideReason: letter.overrideReason,
    overrideBy: letter.overrideBy,
    blankPrintedAt: letter.blankPrintedAt,
    signed: letter.signedSha256 !== null,
    editable: isDraft(letter),
    numbered: isNumbered(letter),
    asksNewDue: asksNewDue(letter),
    mayAllowAgain:
      isDraft(letter) && letter.promisedAgain && letter.overrideReason === null && hasPromise(letter),
    cancellable: isUnsent(letter),
    procedure: letter.procedureName,
  };
}

const hasPromise = ({ form }: Letter): boolean => form === 'extension-apology' || form === 'late-apology';
