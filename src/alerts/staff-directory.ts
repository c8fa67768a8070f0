import type { UnitKind } from '../units/unit';

/** Whom a rule tells, by their relation to the case. */
export type Relation = 'department' | 'supervisor';

/** Somebody who can be reminded. */
export interface StaffMember {
  id: number;
  role: 'officer' | 'supervisor';
  unitId: number;
  unitKind: UnitKind;
  communeId: number;
  hasMail: boolean;
}

export interface ConcernedCase {
  communeId: number;
  departmentId: number | null;
  officerId: number | null;
}

/** Who answers for a case. Active accounts of communes only. */
export class StaffDirectory {
  private readonly byId: Map<number, StaffMember>;

  constructor(private readonly staff: StaffMember[]) {
    this.byId = new Map(staff.map((person) => [person.id, person]));
  }

  unitOf(id: number): number {
    return this.byId.get(id)!.unitId;
  }

  hasMail(id: number): boolean {
    return this.byId.get(id)?.hasMail ?? false;
  }

  /**
   * The officers of the case's department and the officer in charge; when the department has nobody, the officers of
   * the commune and its centre, then any officer of the commune, at last its supervisors: an alert that nobody gets
   * is a missed deadline.
   */
  recipients(relations: readonly Relation[], concerned: ConcernedCase): number[] {
    const here = this.staff.filter((person) => person.communeId === concerned.communeId);
    const supervisors = here.filter((person) => person.role === 'supervisor');
    const told = relations.includes('department') ? this.handlers(here, concerned, supervisors) : [];
    if (relations.includes('supervisor')) told.push(...supervisors);
    return [...new Set(told.map((person) => person.id))].sort((a, b) => a - b);
  }

  private handlers(here: StaffMember[], concerned: ConcernedCase, supervisors: StaffMember[]): StaffMember[] {
    const officers = here.filter((person) => person.role === 'officer');
    const assigned = here.filter((person) => person.id === concerned.officerId);
    const circles = [
      [...officers.filter((person) => person.unitId === concerned.departmentId), ...assigned],
      officers.filter((person) => person.unitKind === 'commune' || person.unitKind === 'centre'),
      officers,
      supervisors,
    ];
    return circles.find((circle) => circle.length > 0) ?? [];
  }
}
