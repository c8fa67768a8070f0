import { Injectable } from '@nestjs/common';
import { randomInt } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { UserService } from '../auth/user.service';
import { AppError } from '../platform/errors';
import { Runtime } from '../platform/runtime';
import type { Unit } from '../units/unit';
import { UnitEditor } from '../units/unit-editor.service';
import { UnitService } from '../units/unit.service';
import { ACCOUNTS, COMMUNE, DEPARTMENTS, PROVINCE, SETTINGS } from './sample-commune';

const BY = { actor: 'sample', userId: null };

/** Units and accounts of the sample commune. Each step leaves what is there already: a killed load is taken up again. */
@Injectable()
export class SampleOffice {
  constructor(
    private readonly units: UnitService,
    private readonly editor: UnitEditor,
    private readonly users: UserService,
    private readonly runtime: Runtime,
  ) {}

  async build(): Promise<void> {
    const commune = await this.buildCommune();
    const password = this.password();
    const byName = new Map((await this.units.departments(commune.id)).map((unit) => [unit.name, unit.id]));
    for (const { department, ...account } of ACCOUNTS) {
      const unitId = department === null ? commune.id : byName.get(department)!;
      const user = { ...account, unitId, email: `${account.username}@example.com`, password };
      await this.users.create(BY, user).catch(unlessTaken);
    }
  }

  /** One password for all accounts, made once per data folder. */
  password(): string {
    const file = path.join(this.runtime.dataDir, 'sample-password');
    if (!fs.existsSync(file)) fs.writeFileSync(file, `binh-lu-${randomInt(1000, 10_000)}`, { mode: 0o600 });
    return fs.readFileSync(file, 'utf8');
  }

  private async buildCommune(): Promise<Unit> {
    const province =
      (await this.units.byCode(PROVINCE.code)) ??
      (await this.editor.add(BY, { parentId: null, kind: 'province', ...PROVINCE }));
    const commune =
      (await this.units.byCode(COMMUNE.code)) ??
      (await this.editor.add(BY, { parentId: province.id, kind: 'commune', ...COMMUNE }));
    for (const department of DEPARTMENTS)
      if (!(await this.units.byCode(department.code)))
        await this.editor.add(BY, { parentId: commune.id, ...department });
    const settings = { ...(await this.units.settingsOf(commune.id)), ...SETTINGS };
    return this.editor.updateCommune(BY, commune.id, { ...COMMUNE, settings });
  }
}

function unlessTaken(error: unknown): void {
  if (!(error instanceof AppError && error.code === 'USERNAME_TAKEN')) throw error;
}
