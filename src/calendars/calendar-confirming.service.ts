import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../database/transaction';
import { JobQueue } from '../jobs/job-queue';
import type { FormFault } from '../web/page';
import type { Reader } from '../web/reader';
import { CalendarConsequences, type CalendarEffects } from './calendar-consequences';
import { calendarDifference, type CalendarDifference } from './calendar-difference';
import { CalendarDrafts, type PreparedChange } from './calendar-drafts.service';
import type { CalendarForm } from './calendar-form';
import type { CalendarOffice } from './calendar-offices.service';
import { CalendarWriter } from './calendar-writer.service';

/** A change with everything it would do; nothing of it is written. */
export interface CalendarPreview {
  words: string;
  document: string | null;
  difference: CalendarDifference;
  effects: CalendarEffects;
  base: string;
  token: string;
}

export type Previewed = { preview: CalendarPreview; faults: null } | { preview: null; faults: FormFault[] };

/** Between the preview and its confirmation somebody else made a version. */
export interface ChangedMeanwhile {
  by: string;
  again: Previewed;
}

export type Confirmed =
  { version: number; moved: number } | { faults: FormFault[] } | { meanwhile: ChangedMeanwhile };

/** Shows what a change of a calendar would do, and does exactly that. */
@Injectable()
export class CalendarConfirming {
  constructor(
    private readonly database: Database,
    private readonly drafts: CalendarDrafts,
    private readonly consequences: CalendarConsequences,
    private readonly writer: CalendarWriter,
    private readonly jobs: JobQueue,
  ) {}

  preview(office: CalendarOffice, form: CalendarForm): Promise<Previewed> {
    return this.database.transaction((tx) => this.previewed(tx, office, form));
  }

  /** The version, its cases, the reason on each of them and the audit entry in one transaction. */
  async confirm(
    reader: Reader,
    office: CalendarOffice,
    form: CalendarForm,
    { base, token }: Pick<CalendarPreview, 'base' | 'token'>,
  ): Promise<Confirmed> {
    const result = await this.database.transaction(async (tx): Promise<Confirmed> => {
      const known = await this.writer.begin(tx, token);
      if (known) return { version: known.id, moved: known.movedCases };
      const current = (await this.drafts.ground(tx, office)).base;
      if (current !== base) {
        const by = await this.writer.latestAuthor(tx, current);
        return { meanwhile: { by, again: await this.previewed(tx, office, form) } };
      }
      const prepared = await this.drafts.prepare(tx, office, form);
      return prepared.faults ? prepared : this.written(tx, reader, office, { ...prepared, token });
    });
    if ('version' in result) await this.jobs.enqueue('cases.changed', { reason: 'calendar' });
    return result;
  }

  private async previewed(tx: Tx, office: CalendarOffice, form: CalendarForm): Promise<Previewed> {
    const prepared = await this.drafts.prepare(tx, office, form);
    if (prepared.faults) return { preview: null, faults: prepared.faults };
    const { draft, own, base, change } = prepared;
    const effects = await this.consequences.preview(tx, change);
    const { words, document } = draft;
    const difference = calendarDifference(own, draft.rows);
    return { faults: null, preview: { words, document, difference, effects, base, token: randomUUID() } };
  }

  private async written(
    tx: Tx,
    reader: Reader,
    office: CalendarOffice,
    { draft, change, token }: PreparedChange & { token: string },
  ): Promise<Confirmed> {
    const version = await this.writer.insert(tx, reader, office, { ...draft, token });
    const moved = await this.consequences.apply(tx, change, {
      ...{ reason: draft.words, document: draft.document, by: reader.name },
      source: `${reader.kind}:${reader.id}`,
    });
    await this.writer.finish(tx, reader, office, { id: version, moved, draft });
    return { version, moved };
  }
}
