import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../database/transaction';
import { AppError } from '../platform/errors';
import type { Reader } from '../web/reader';
import { departmentKey, keysOfUnit, officialName, type CommuneNames } from './department-name';
import { communeLabel } from './place-name';
import type { Unit } from './unit';
import { freeUnitCode } from './unit-code';
import { CENTRE_NAME, defaultSettings, storedSettingsSchema, type UnitSettings } from './unit-settings';
import { UnitRepository, type CommuneAndNames } from './unit.repository';

/** Questions about the organisation tree, and the departments that imports find in files. */
@Injectable()
export class UnitService {
  constructor(
    private readonly database: Database,
    private readonly units: UnitRepository,
  ) {}

  /** The one configured commune; the first start makes a placeholder. */
  async commune(): Promise<Unit> {
    const commune = await this.units.firstCommune(this.database.pool);
    if (!commune) throw new Error('no commune yet: UnitBootstrap has not run');
    return commune;
  }

  communes(): Promise<Unit[]> {
    return this.units.communes(this.database.pool);
  }

  /** Active centre and departments of a commune, the centre first. */
  departments(communeId: number): Promise<Unit[]> {
    return this.units.departmentsOf(this.database.pool, communeId, false);
  }

  byId(id: number): Promise<Unit | undefined> {
    return this.units.byId(this.database.pool, id);
  }

  byCode(code: string): Promise<Unit | undefined> {
    return this.units.byCode(this.database.pool, code);
  }

  /** The whole tree, parents before children. */
  all(): Promise<Unit[]> {
    return this.units.all(this.database.pool);
  }

  /** The communes somebody may see with what is below them, parents first; the province of somebody who sits there. */
  async inReach(reader: Pick<Reader, 'unitId' | 'communeIds'>): Promise<Unit[]> {
    const all = await this.all();
    const reach = new Set(reader.communeIds);
    const communes = all.filter((unit) => reach.has(unit.id) || reach.has(unit.parentId ?? 0));
    const own = all.filter((unit) => unit.id === reader.unitId && unit.kind === 'province');
    return [...own, ...communes];
  }

  /** Ids of the communes at, above and below the unit. */
  communesInReach(unitId: number): Promise<number[]> {
    return this.units.communesInReach(this.database.pool, unitId);
  }

  /** Stored settings over those derived from the names. */
  async settingsOf(communeId: number, tx: Tx = this.database.pool): Promise<UnitSettings> {
    return settingsFrom(await this.existing(tx, communeId));
  }

  /** "Trung tâm Phục vụ hành chính công xã Bình Lư, tỉnh Lai Châu" */
  async officeNameOf(communeId: number): Promise<string> {
    const found = await this.existing(this.database.pool, communeId);
    const office = `${found.centreName ?? CENTRE_NAME} ${communeLabel(found.commune.name)}`;
    return [office, settingsFrom(found).provinceName].filter(Boolean).join(', ');
  }

  /**
   * The unit of the commune a file means by `name`; a name that fits none makes a department marked incomplete.
   * Safe when several imports meet the same new name at once.
   */
  async findOrCreateDepartment(tx: Tx, communeId: number, name: string): Promise<number> {
    const names = await this.namesOf(tx, communeId);
    const known = await this.findDepartment(tx, communeId, name, names);
    if (known) return known.id;
    await this.units.lock(tx, communeId);
    const since = await this.findDepartment(tx, communeId, name, names);
    return since ? since.id : this.createFromFile(tx, communeId, officialName(name, names));
  }

  /** As `findOrCreateDepartment`, but makes nothing. */
  async departmentNamed(tx: Tx, communeId: number, name: string): Promise<number | null> {
    const names = await this.namesOf(tx, communeId);
    return (await this.findDepartment(tx, communeId, name, names))?.id ?? null;
  }

  private async createFromFile(tx: Tx, communeId: number, name: string): Promise<number> {
    const commune = await this.units.byId(tx, communeId);
    const code = freeUnitCode(name, commune?.code ?? '', await this.units.codes(tx));
    return this.units.insert(tx, {
      parentId: communeId,
      kind: 'department',
      code,
      name,
      incomplete: true,
      settings: {},
    });
  }

  private async findDepartment(
    tx: Tx,
    communeId: number,
    name: string,
    names: CommuneNames,
  ): Promise<Unit | undefined> {
    const key = departmentKey(name, names);
    const candidates = await this.units.departmentsOf(tx, communeId, true);
    return candidates.find((unit) =>
      keysOfUnit({ ...unit, aliases: unit.settings.aliases ?? [] }, names).includes(key),
    );
  }

  private async namesOf(tx: Tx, communeId: number): Promise<CommuneNames> {
    const { commune, provinceName } = await this.existing(tx, communeId);
    return {
      name: commune.incomplete ? null : commune.name,
      province: commune.settings.provinceName ?? provinceName,
    };
  }

  private async existing(tx: Tx, communeId: number): Promise<CommuneAndNames> {
    const found = await this.units.communeAndNames(tx, communeId);
    if (!found) throw new AppError('UNIT_NOT_FOUND', { code: communeId });
    return found;
  }
}

function settingsFrom({ commune, centreName, provinceName }: CommuneAndNames): UnitSettings {
  const names = { commune: commune.name, centre: centreName ?? CENTRE_NAME, province: provinceName };
  return { ...defaultSettings(names), ...storedSettingsSchema.parse(commune.settings) };
}
