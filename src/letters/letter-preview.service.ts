import { Injectable } from '@nestjs/common';
import { typed as typedInstant } from '../web/typed-instant';
import { DocumentRenderer } from '../documents/document-renderer';
import { civil, dayOfInstant } from '../domain/local-date';
import type { WorkingCalendar } from '../domain/working-calendar';
import { Clock } from '../platform/clock';
import { trustedHtml } from '../web/view-engine';
import { asksNewDue, readDraft, type Draft, type TypedDraft } from './draft-form';
import { composeLetter, LetterComposer } from './letter-composer';
import { isDraft, isUnsent } from './letter.service';
import type { Letter } from './letter.repository';
import { newDueFaults, todayOf } from './new-due';

/** One letter as the desk shows it: on paper, and in the form. */
@Injectable()
export class LetterPreview {
  constructor(
    private readonly documents: DocumentRenderer,
    private readonly composer: LetterComposer,
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
    const { reason, newDueAt } = typed === null ? letter : this.fitFor(letter, typed, calendar, now);
    const details = { number: null, letterDate: todayOf(now), reason, newDueAt };
    const model = letter.model ?? composeLetter(letter, details, office, calendar);
    const saved = letter.newDueAt === null ? { day: '', time: '' } : typedInstant(letter.newDueAt);
    return {
      ...facts(letter),
      who: [model.addressee.title, model.addressee.name].filter(Boolean).join(' '),
      hasAddress: model.addressee.address !== null,
      preview: trustedHtml(this.documents.preview(`letters/${letter.form}`, model)),
      editable: isDraft(letter),
      asksNewDue: asksNewDue(letter),
      hasReason: reason !== null,
      hasNewDue: newDueAt !== null,
      extensionDays: model.extensionDays,
      forecastYear: newDueAt === null ? null : forecastYearOf(newDueAt, calendar),
      typed: typed ?? { reason: letter.reason ?? '', ...saved },
    };
  }

  /** Of what is typed, what could be printed: the paper shows a refused date as missing, not as a promise. */
  private fitFor(letter: Letter, typed: TypedDraft, calendar: WorkingCalendar, now: Date): Draft {
    const draft = readDraft(typed, calendar);
    const { newDueAt } = draft;
    const refused = newDueAt !== null && newDueFaults(newDueAt, { ...letter, now, calendar }).length > 0;
    return refused || !asksNewDue(letter) ? { ...draft, newDueAt: null } : draft;
  }
}

/** The year of the new date when its days off are not decided. */
function forecastYearOf(newDueAt: Date, calendar: WorkingCalendar): number | null {
  const day = dayOfInstant(newDueAt);
  return calendar.isForecast(day) ? civil(day).year : null;
}

function facts(letter: Letter) {
  const { code, form, state, number, suffix, letterDate, deadlineAt, promisedAgain, sentAt } = letter;
  return {
    code,
    form,
    state,
    number,
    suffix,
    letterDate,
    deadlineAt,
    promisedAgain,
    sentAt,
    cancellable: isUnsent(letter),
    procedure: letter.procedureName,
  };
}
