import { Injectable } from '@nestjs/common';
import { ProcedureService } from '../cases/procedure.service';
import type { Tx } from '../database/transaction';
import { UnitService } from '../units/unit.service';
import { CaseStageRepository } from './case-stage.repository';
import type { ImportOutcome } from './import-outcome';
import { NewNamesRepository } from './new-names.repository';

/** Finds the procedures and departments a staged file names; makes those nobody has heard of, marked incomplete. */
@Injectable()
export class NameResolver {
  constructor(
    private readonly stage: CaseStageRepository,
    private readonly newNames: NewNamesRepository,
    private readonly procedures: ProcedureService,
    private readonly units: UnitService,
  ) {}

  async resolve(tx: Tx, unitId: number, outcome: ImportOutcome): Promise<void> {
    const before = await this.newNames.highest(tx);
    const named = await this.stage.procedures(tx);
    const { ids } = await this.procedures.findOrCreate(tx, named);
    const departments = await this.stage.departments(tx);
    const departmentIds: number[] = [];
    for (const name of departments)
      departmentIds.push(await this.units.findOrCreateDepartment(tx, unitId, name));
    const meant = { keys: named.map((n) => n.key), ids };
    await this.stage.putMeanings(tx, unitId, meant, { names: departments, ids: departmentIds });
    outcome.createdProcedures = await this.newNames.procedures(tx, ids, before.procedure);
    outcome.createdDepartments = await this.newNames.departments(tx, departmentIds, before.unit);
  }
}
