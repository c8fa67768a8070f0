import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { civil, dayOf, dayOfInstant, isoDay, toLocalSecond } from '../domain/local-date';
import { lastSendingDay } from '../domain/apology';
import type { WorkingCalendar } from '../domain/working-calendar';
import { Clock } from '../platform/clock';
import type { Reader } from '../web/reader';
import { deskGroups, inDeskOrder, isPickedFor, PICKS, type Pick } from './desk-list';
import type { TypedDraft } from './draft-form';
import type { Letter } from './letter';
import { MAX_REASON } from './letter-reason';
import { LetterPreview, LetterPreviewParts } from './letter-preview.service';
import { LetterSeriesRepository } from './letter-series.repository';
import { LetterRepository } from './letter.repository';
import { SigningKeys } from './signing-key.service';

/** More letters than one page can show in a useful time; the rest follows when these are done. */
const SHOWN = 500;

export interface DeskRequest {
  /** the letter shown on paper; null: the first that waits for the reader */
  letter: Letter | null;
  pick: Pick | null;
  /** what stands in the form, when it was not saved */
  typed: TypedDraft | null;
}

@Injectable()
export class DeskPaper {
  constructor(
    readonly preview: LetterPreview,
    readonly parts: LetterPreviewParts,
    readonly keys: SigningKeys,
  ) {}
}

/** The letter desk: the list, the letter on paper, the form beside it. */
@Injectable()
export class DeskService {
  constructor(
    private readonly database: Database,
    private readonly letters: LetterRepository,
    private readonly series: LetterSeriesRepository,
    private readonly paper: DeskPaper,
    private readonly clock: Clock,
  ) {}

  async page(reader: Reader, { letter, pick, typed }: DeskRequest): Promise<object> {
    const tx = this.database.pool;
    const now = this.clock.now();
    const listed = await this.letters.onDesk(tx, reader.communeIds, SHOWN);
    const total =
      listed.length < SHOWN ? listed.length : await this.letters.countUnsent(tx, reader.communeIds);
    const shown = letter ?? firstFor(reader, inDeskOrder(listed, now));
    const unitId = shown?.unitId ?? reader.communeIds[0] ?? reader.unitId;
    const { calendar, office } = await this.paper.preview.ground(unitId);
    const year = civil(dayOfInstant(now)).year;
    const suffix = office.settings.numberSuffix;
    return {
      ...mayOf(reader),
      order: office.settings.numberingOrder,
      signsHere: reader.role === 'supervisor' && (await this.paper.keys.activeOf(unitId)) !== undefined,
      series: { year, suffix, next: await this.series.nextNumber(tx, unitId, year, suffix) },
      groups: deskGroups(listed, { current: shown?.id ?? null, pick, calendar, now }),
      total,
      more: total - listed.length,
      pick,
      picks: PICKS.map((key) => ({ key, count: listed.filter(isPickedFor[key]).length })).filter(
        ({ key, count }) => count > 0 && PICKS_OF[reader.role]?.includes(key),
      ),
      letter: shown && {
        ...(await this.paper.preview.view(shown, typed)),
        ...sending(shown, calendar, now),
      },
      reasons: await this.paper.parts.reasons(unitId),
      maxReason: MAX_REASON,
    };
  }
}

const PICKS_OF: Partial<Record<Reader['role'], Pick[]>> = {
  officer: ['thieu-ly-do'],
  supervisor: ['cho-duyet'],
  clerk: ['thieu-ly-do', 'cho-so', 'chua-gui'],
};

/** A supervisor reads what waits for approval; who writes letters begins where the deadline is nearest. */
function firstFor(reader: Reader, letters: Letter[]): Letter | null {
  const waiting = reader.role === 'supervisor' ? letters.find(isPickedFor['cho-duyet']) : undefined;
  return waiting ?? letters[0] ?? null;
}

const mayOf = ({ role }: Reader) => ({
  mayDraft: role === 'officer' || role === 'clerk',
  mayApprove: role === 'supervisor',
  mayNumber: role === 'clerk',
  registerHref: role === 'officer' ? '' : '/so-thu-xin-loi',
});

/** Last day to send before the deadline; none when that is no longer the question, or the calendar does not tell. */
function sending(letter: Letter, calendar: WorkingCalendar, now: Date) {
  const day = dayOf(toLocalSecond(letter.deadlineAt));
  if (letter.form !== 'extension-apology' || !calendar.covers(day) || !calendar.covers(day - 31))
    return { sendBy: null, sendLate: false };
  const last = lastSendingDay(day, calendar);
  return { sendBy: isoDay(last), sendLate: last < dayOfInstant(now) };
}
