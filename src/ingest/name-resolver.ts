import { Injectable } from '@nestjs/common';
import { ProcedureService } from '../cases/procedure.service';
import type { Tx } from '../database/transaction';
import { UnitService } from '../units/unit.service';
import {
  CaseStageRepository,
  type Meaning,
  type Stage,
  type StagedDepartment,
  type StagedName,
} from './case-stage.repository';
import { NewNamesRepository } from './new-names.repository';

export interface NewNames {
  procedures: string[];
  departments: string[];
}

/** Stands for a procedure or department that is only made when the rows are written. */
const NOT_YET = 0;

/** Finds the procedures and departments that staged rows name. */
@Injectable()
export class NameResolver {
  constructor(
    private readonly stage: CaseStageRepository,
    private readonly newNames: NewNamesRepository,
    private readonly procedures: ProcedureService,
    private readonly units: UnitService,
  ) {}

  /** Makes those nobody has heard of, marked incomplete. @returns what was made */
  async resolve(tx: Tx, stage: Stage): Promise<NewNames> {
    const before = await this.newNames.highest(tx);
    const named = await this.stage.procedures(tx, stage);
    const { ids } = await this.procedures.findOrCreate(tx, named);
    const departments: Meaning[] = [];
    for (const named of await this.stage.departments(tx, stage))
      departments.push({
        kind: 'department',
        key: departmentKeyOf(named),
        id: await this.units.findOrCreateDepartment(tx, named.unitId, named.name),
      });
    await this.stage.putMeanings(tx, stage, [...proceduresMeant(named, ids), ...departments]);
    const departmentIds = departments.map((d) => d.id);
    return {
      procedures: await this.newNames.procedures(tx, ids, before.procedure),
      departments: await this.newNames.departments(tx, departmentIds, before.unit),
    };
  }

  /** Makes nothing. @returns what `resolve` would make */
  async look(tx: Tx, stage: Stage): Promise<NewNames> {
    const known = await this.stage.procedures(tx, stage);
    const ids = await this.procedures.findKnown(tx, known);
    const departments: (StagedDepartment & { id: number | null })[] = [];
    for (const named of await this.stage.departments(tx, stage))
      departments.push({ ...named, id: await this.units.departmentNamed(tx, named.unitId, named.name) });
    await this.stage.putMeanings(tx, stage, [
      ...proceduresMeant(known, ids),
      ...departments.map((d) => ({
        kind: 'department' as const,
        key: departmentKeyOf(d),
        id: d.id ?? NOT_YET,
      })),
    ]);
    const unknown = known.filter((_, i) => ids[i] === null);
    return {
      procedures: unknown.map(({ code, name }) =>
        code === null || code === name ? name : `${code} ${name}`,
      ),
      departments: [...new Set(departments.filter((d) => d.id === null).map((d) => d.name))],
    };
  }
}

const departmentKeyOf = ({ unitId, name }: StagedDepartment): string => `${unitId}/${name}`;

const proceduresMeant = (named: StagedName[], ids: (number | null)[]): Meaning[] =>
  named.map(({ key }, i) => ({ kind: 'procedure', key, id: ids[i] ?? NOT_YET }));
