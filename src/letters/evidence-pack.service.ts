import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../database/transaction';
import { coverageOf } from '../domain/apology-coverage';
import { communeLabel } from '../units/place-name';
import { CoverageService, type OwedPromise } from './coverage.service';
import { inPackOrder, type EvidencePack, type PackLine } from './evidence-pack';
import { EvidencePackRepository } from './evidence-pack.repository';
import { LetterComposer } from './letter-composer';
import { letterheadOf } from './letterhead';

export interface PackAsked {
  unitId: number;
  from: string;
  to: string;
  madeBy: string;
  madeAt: Date;
}

/** Everything that proves the apologies of a period, read at one moment. */
@Injectable()
export class EvidencePackService {
  constructor(
    private readonly database: Database,
    private readonly repository: EvidencePackRepository,
    private readonly coverage: CoverageService,
    private readonly composer: LetterComposer,
  ) {}

  async read(asked: PackAsked): Promise<EvidencePack> {
    const { unitId, from, to } = asked;
    const office = await this.composer.office(unitId);
    const lines = await this.database.snapshot(async (tx) => {
      const { promises } = await this.coverage.of([unitId], { from, to }, tx);
      return this.withProofs(tx, promises);
    });
    return {
      ...asked,
      head: letterheadOf(office),
      reporter: `UBND ${communeLabel(office.communeName)}`,
      coverage: coverageOf(lines.map((l) => l.class)),
      lines: inPackOrder(lines),
    };
  }

  private async withProofs(tx: Tx, promises: OwedPromise[]): Promise<PackLine[]> {
    const ids = promises.flatMap((p) => p.letterId ?? []);
    const deliveries = grouped(await this.repository.deliveries(tx, ids), (d) => d.letterId);
    const excused = promises.filter((p) => p.excused).map((p) => p.caseId);
    const excuses = grouped(await this.repository.excuses(tx, excused), (e) => e.caseId);
    return promises.map((p) => ({
      ...p,
      deliveries: p.letterId === null ? [] : (deliveries.get(p.letterId) ?? []),
      excuses: p.excused ? (excuses.get(p.caseId) ?? []) : [],
    }));
  }
}

function grouped<T>(list: T[], key: (item: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const item of list) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}
