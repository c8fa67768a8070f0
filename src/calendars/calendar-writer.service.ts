import { Injectable } from '@nestjs/common';
import { actorOf } from '../audit/actor';
import { AuditService } from '../audit/audit.service';
import type { Tx } from '../database/transaction';
import { Clock } from '../platform/clock';
import type { Reader } from '../web/reader';
import type { CalendarOffice } from './calendar-offices.service';
import { CalendarRepository, type CalendarVersion } from './calendar.repository';
import type { ChangeDraft } from './change-ground';

/** Writes versions; the caller opens the transaction. */
@Injectable()
export class CalendarWriter {
  constructor(
    private readonly repository: CalendarRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * Other writers wait from here until the transaction ends.
   * @returns what the same form made already, when it comes a second time
   */
  async begin(tx: Tx, token: string): Promise<CalendarVersion | undefined> {
    await this.repository.lockGround(tx);
    return this.repository.confirmed(tx, token);
  }

  /** Who made the newest version that the calendar is made of. */
  async latestAuthor(tx: Tx, layerIds: string): Promise<string> {
    const newest = Math.max(...layerIds.split('-').map(Number));
    return (await this.repository.version(tx, newest))?.createdBy ?? '';
  }

  async insert(
    tx: Tx,
    reader: Reader,
    office: CalendarOffice,
    { rows, words, document, token }: ChangeDraft & { token: string },
  ): Promise<number> {
    const id = await this.repository.insertVersion(tx, {
      ...{ unitId: office.unitId, createdAt: this.clock.now(), createdBy: reader.name },
      ...{ reason: words, document, confirmation: token },
    });
    await this.repository.insertRows(tx, id, rows);
    return id;
  }

  async finish(
    tx: Tx,
    reader: Reader,
    office: CalendarOffice,
    { id, moved, draft }: { id: number; moved: number; draft: ChangeDraft },
  ): Promise<void> {
    await this.repository.setMovedCases(tx, id, moved);
    const detail = { office: office.name, change: draft.words, document: draft.document, movedCases: moved };
    const subject = `calendar:${id}`;
    await this.audit.record(tx, { ...actorOf(reader), action: 'calendar.changed', subject, detail });
  }
}
