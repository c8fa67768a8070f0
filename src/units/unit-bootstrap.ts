import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { CENTRE_NAME } from './unit-settings';
import { UnitRepository } from './unit.repository';

/** Name of the commune until an administrator gives it one. */
export const PLACEHOLDER_NAME = 'Xã (chưa đặt tên)';

/** Makes sure that there is a commune, so that files can be imported at once and named later. */
@Injectable()
export class UnitBootstrap {
  constructor(
    private readonly database: Database,
    private readonly units: UnitRepository,
  ) {}

  /** Does nothing when a commune exists. Two processes starting at once make one. */
  run(): Promise<{ created: boolean }> {
    return this.database.transaction(async (tx) => {
      if (await this.units.firstCommune(tx)) return { created: false };
      await this.units.lockTree(tx);
      if (await this.units.firstCommune(tx)) return { created: false };
      const communeId = await this.units.insert(tx, {
        parentId: null,
        kind: 'commune',
        code: 'XA',
        name: PLACEHOLDER_NAME,
        incomplete: true,
        settings: {},
      });
      await this.units.insert(tx, {
        parentId: communeId,
        kind: 'centre',
        code: 'TTPVHCC',
        name: CENTRE_NAME,
        incomplete: false,
        settings: {},
      });
      return { created: true };
    });
  }
}
