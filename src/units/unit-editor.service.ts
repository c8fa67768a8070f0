import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { Database, type Tx } from '../database/transaction';
import { JobQueue } from '../jobs/job-queue';
import { AppError } from '../platform/errors';
import type { Unit, UnitKind } from './unit';
import { freeUnitCode } from './unit-code';
import { CENTRE_NAME, defaultSettings, settingsToStore, type UnitSettings } from './unit-settings';
import { UnitRepository } from './unit.repository';

/** Who edits, as the audit log names them. */
export interface Editor {
  actor: string;
  userId: number | null;
}

export interface CommuneChanges {
  name: string;
  code: string;
  settings: UnitSettings;
}

export interface DepartmentChanges {
  name: string;
  code: string;
  aliases: string[];
  active: boolean;
}

export interface UnitToAdd {
  parentId: number | null;
  kind: UnitKind;
  name: string;
  /** made from the initials when left out */
  code?: string;
}

/** Changes of the organisation tree by a person; each one is audited. */
@Injectable()
export class UnitEditor {
  constructor(
    private readonly database: Database,
    private readonly units: UnitRepository,
    private readonly audit: AuditService,
    private readonly jobs: JobQueue,
  ) {}

  add(by: Editor, unit: UnitToAdd): Promise<Unit> {
    return this.database.transaction(async (tx) => {
      if (unit.parentId !== null) await this.units.lock(tx, unit.parentId);
      const parent = unit.parentId === null ? undefined : await this.existing(tx, unit.parentId);
      const code = unit.code || freeUnitCode(unit.name, parent?.code ?? '', await this.units.codes(tx));
      await this.refuseTaken(tx, { id: null, parentId: unit.parentId, name: unit.name, code });
      const id = await this.units.insert(tx, { ...unit, code, incomplete: false, settings: {} });
      await this.audit.record(tx, {
        ...by,
        action: 'unit.created',
        subject: `unit:${code}`,
        detail: { name: unit.name, kind: unit.kind, parent: parent?.code ?? null },
      });
      return this.existing(tx, id);
    });
  }

  /** Names the commune and sets its letterhead; it counts as complete from here. */
  async updateCommune(by: Editor, communeId: number, changes: CommuneChanges): Promise<Unit> {
    const { before, after } = await this.database.transaction(async (tx) => {
      await this.units.lock(tx, communeId);
      const { commune, derived } = await this.derivedFor(tx, communeId, changes.name);
      const settings = settingsToStore(changes.settings, derived);
      const saved = await this.save(tx, by, commune, { ...commune, ...changes, settings, incomplete: false });
      return { before: commune.settings, after: saved };
    });
    if (before.timeOfDay !== after.settings.timeOfDay) await this.announceHour(by, communeId);
    return after;
  }

  /** Stored deadlines rest on this setting; their folder is a later one. */
  private announceHour({ actor, userId }: Editor, unitId: number): Promise<void> {
    const source = userId === null ? actor : `user:${userId}`;
    return this.jobs.enqueue('units.hour-of-deadlines-set', { unitId, by: actor, source });
  }

  /** The settings the commune would have after `updateCommune`. */
  async previewCommune(communeId: number, changes: CommuneChanges): Promise<UnitSettings> {
    const { derived } = await this.derivedFor(this.database.pool, communeId, changes.name);
    return { ...derived[1], ...settingsToStore(changes.settings, derived) };
  }

  /** A department an import made counts as complete once somebody has looked at it and saved. */
  updateDepartment(by: Editor, unitId: number, changes: DepartmentChanges): Promise<Unit> {
    return this.database.transaction(async (tx) => {
      await this.units.lock(tx, unitId);
      const before = await this.existing(tx, unitId);
      const { aliases, ...rest } = changes;
      return this.save(tx, by, before, { ...before, ...rest, settings: { aliases }, incomplete: false });
    });
  }

  private async save(tx: Tx, by: Editor, before: Unit, after: Unit): Promise<Unit> {
    await this.refuseTaken(tx, after);
    await this.units.update(tx, after);
    await this.audit.record(tx, {
      ...by,
      action: 'unit.updated',
      subject: `unit:${after.code}`,
      detail: { before: factsOf(before), after: factsOf(after) },
    });
    return after;
  }

  private async refuseTaken(
    tx: Tx,
    unit: Pick<Unit, 'parentId' | 'name' | 'code'> & { id: number | null },
  ): Promise<void> {
    const holder = await this.units.byCode(tx, unit.code);
    if (holder && holder.id !== unit.id) throw new AppError('UNIT_CODE_TAKEN', { code: unit.code });
    if (await this.units.nameIsTaken(tx, unit.parentId, unit.name, unit.id))
      throw new AppError('UNIT_NAME_TAKEN', { name: unit.name });
  }

  /** What the names give: as they are now, and as they would be. */
  private async derivedFor(
    tx: Tx,
    communeId: number,
    newName: string,
  ): Promise<{ commune: Unit; derived: [UnitSettings, UnitSettings] }> {
    const found = await this.units.communeAndNames(tx, communeId);
    if (!found) throw new AppError('UNIT_NOT_FOUND', { code: communeId });
    const names = { centre: found.centreName ?? CENTRE_NAME, province: found.provinceName };
    const before = defaultSettings({ ...names, commune: found.commune.name });
    return { commune: found.commune, derived: [before, defaultSettings({ ...names, commune: newName })] };
  }

  private async existing(tx: Tx, id: number): Promise<Unit> {
    const unit = await this.units.byId(tx, id);
    if (!unit) throw new AppError('UNIT_NOT_FOUND', { code: id });
    return unit;
  }
}

const factsOf = ({ code, name, active, settings }: Unit): object => ({ code, name, active, settings });
