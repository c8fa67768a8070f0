import { Injectable } from '@nestjs/common';
import { actorOf } from '../audit/actor';
import { AuditService } from '../audit/audit.service';
import { Database, type Tx } from '../database/transaction';
import { linesOf } from '../documents/document-format';
import type { FormFault } from '../web/page';
import { fault } from '../web/form-fault';
import type { Reader } from '../web/reader';
import { cleanReason, REASON_NATURES, reasonFaults, shippedReasons, type ReasonGroup } from './letter-reason';
import { ReasonCatalogueRepository } from './reason-catalogue.repository';

export type TypedCatalogue = Record<(typeof REASON_NATURES)[number], string>;

/** More than a list that people choose from. */
const MOST = 60;

/** The reasons an office offers for its letters. */
@Injectable()
export class ReasonCatalogue {
  constructor(
    private readonly database: Database,
    private readonly repository: ReasonCatalogueRepository,
    private readonly audit: AuditService,
  ) {}

  async of(unitId: number, tx: Tx = this.database.pool): Promise<ReasonGroup[]> {
    const own = await this.repository.ofUnit(tx, unitId);
    if (own.length === 0) return shippedReasons;
    return REASON_NATURES.map((nature) => ({
      nature,
      reasons: own.filter((r) => r.nature === nature).map((r) => r.text),
    }));
  }

  /** @returns the faults, empty when the office's list is replaced */
  async save(reader: Reader, unitId: number, typed: TypedCatalogue): Promise<FormFault[]> {
    const groups = REASON_NATURES.map((nature) => ({
      nature,
      reasons: [...new Set(linesOf(typed[nature]).map(cleanReason))],
    }));
    const faults = groups.flatMap((group) => groupFaults(group));
    const twice = groups[0]!.reasons.find((reason) => groups[1]!.reasons.includes(reason));
    if (twice !== undefined) faults.push(fault('subjective', 'REASON_TWICE', { reason: twice }));
    if (faults.length > 0) return faults;
    await this.database.transaction(async (tx) => {
      await this.repository.replace(tx, unitId, groups);
      const detail = { objective: groups[0]!.reasons.length, subjective: groups[1]!.reasons.length };
      await this.audit.record(tx, {
        ...actorOf(reader),
        action: 'letter-reasons.saved',
        subject: `unit:${unitId}`,
        detail,
      });
    });
    return [];
  }
}

function groupFaults({ nature, reasons }: ReasonGroup): FormFault[] {
  if (reasons.length === 0) return [fault(nature, 'REASONS_NONE')];
  if (reasons.length > MOST) return [fault(nature, 'REASONS_TOO_MANY', { most: MOST })];
  return reasons.flatMap((reason) => reasonFaults(reason, nature)).slice(0, 1);
}
