import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import type { NewUnit, Unit } from './unit';

const COLUMNS = `u.id, u.parent_id as "parentId", u.kind, u.code, u.name, u.incomplete, u.active, u.settings`;

export interface CommuneAndNames {
  commune: Unit;
  centreName: string | null;
  provinceName: string | null;
}

@Injectable()
export class UnitRepository {
  /** The oldest active commune; one with a name before a placeholder. */
  firstCommune(tx: Tx): Promise<Unit | undefined> {
    return one<Unit>(
      tx,
      `select ${COLUMNS} from unit u where u.kind = 'commune' and u.active order by u.incomplete, u.id limit 1`,
    );
  }

  communes(tx: Tx): Promise<Unit[]> {
    return rows<Unit>(
      tx,
      `select ${COLUMNS} from unit u where u.kind = 'commune' and u.active order by u.name, u.id`,
    );
  }

  byId(tx: Tx, id: number): Promise<Unit | undefined> {
    return one<Unit>(tx, `select ${COLUMNS} from unit u where u.id = $1`, [id]);
  }

  byCode(tx: Tx, code: string): Promise<Unit | undefined> {
    return one<Unit>(tx, `select ${COLUMNS} from unit u where u.code = $1`, [code]);
  }

  /** Parents before children, the centre before the departments. */
  all(tx: Tx): Promise<Unit[]> {
    return rows<Unit>(
      tx,
      `select ${COLUMNS} from unit u
       order by array_position(array['province', 'commune', 'centre', 'department'], u.kind), u.name, u.id`,
    );
  }

  /** Centre first, then departments by name; `includeInactive` also those closed down. */
  departmentsOf(tx: Tx, communeId: number, includeInactive: boolean): Promise<Unit[]> {
    return rows<Unit>(
      tx,
      `select ${COLUMNS} from unit u where u.parent_id = $1 and (u.active or $2)
       order by u.active desc, u.kind = 'centre' desc, u.name, u.id`,
      [communeId, includeInactive],
    );
  }

  /** A commune with the names of its centre and its province; one statement, because every page asks it. */
  async communeAndNames(tx: Tx, communeId: number): Promise<CommuneAndNames | undefined> {
    const row = await one<Unit & Omit<CommuneAndNames, 'commune'>>(
      tx,
      `select ${COLUMNS}, c.name as "centreName", p.name as "provinceName"
       from unit u
         left join unit p on p.id = u.parent_id and p.kind = 'province'
         left join lateral (select name from unit where parent_id = u.id and kind = 'centre' and active
                            order by id limit 1) c on true
       where u.id = $1 and u.kind = 'commune'`,
      [communeId],
    );
    if (!row) return undefined;
    const { centreName, provinceName, ...commune } = row;
    return { commune, centreName, provinceName };
  }

  /** Communes at, above and below the unit: what somebody sitting there may see. */
  async communesInReach(tx: Tx, unitId: number): Promise<number[]> {
    const found = await rows<{ id: number }>(
      tx,
      `with recursive above as (
         select id, parent_id, kind from unit where id = $1
         union all select u.id, u.parent_id, u.kind from unit u join above a on u.id = a.parent_id
       ), below as (
         select id, kind from unit where id = $1
         union all select u.id, u.kind from unit u join below b on u.parent_id = b.id
       )
       select id from above where kind = 'commune' union select id from below where kind = 'commune' order by id`,
      [unitId],
    );
    return found.map((row) => row.id);
  }

  async codes(tx: Tx): Promise<Set<string>> {
    const found = await rows<{ code: string }>(tx, 'select code from unit');
    return new Set(found.map((row) => row.code));
  }

  /** True when another unit of the same parent has the name, marks and case aside. */
  async nameIsTaken(
    tx: Tx,
    parentId: number | null,
    name: string,
    exceptId: number | null,
  ): Promise<boolean> {
    const found = await one(
      tx,
      `select 1 from unit
       where parent_id is not distinct from $1 and search_key(name) = search_key($2) and id is distinct from $3`,
      [parentId, name, exceptId],
    );
    return found !== undefined;
  }

  /** Makes writers of one commune's departments wait for each other; rows that only refer to it do not wait. */
  async lock(tx: Tx, id: number): Promise<void> {
    await tx.query('select 1 from unit where id = $1 for no key update', [id]);
  }

  /** Makes first starts wait for each other. */
  async lockTree(tx: Tx): Promise<void> {
    await tx.query('lock table unit in share row exclusive mode');
  }

  async insert(tx: Tx, unit: NewUnit): Promise<number> {
    const row = await one<{ id: number }>(
      tx,
      `insert into unit (parent_id, kind, code, name, incomplete, settings)
       values ($1, $2, $3, $4, $5, $6) returning id`,
      [unit.parentId, unit.kind, unit.code, unit.name, unit.incomplete, JSON.stringify(unit.settings)],
    );
    if (!row) throw new Error('insert into unit returned no row');
    return row.id;
  }

  async update(tx: Tx, unit: Unit): Promise<void> {
    await tx.query(
      `update unit set parent_id = $2, code = $3, name = $4, incomplete = $5, active = $6, settings = $7 where id = $1`,
      [
        unit.id,
        unit.parentId,
        unit.code,
        unit.name,
        unit.incomplete,
        unit.active,
        JSON.stringify(unit.settings),
      ],
    );
  }
}
