import type { Role } from '../web/reader';
import type { UnitKind } from '../units/unit';
import type { AlertChannel } from './rule-book';

/**
 * Whom a rule tells, by their relation to the case: who works on it, who heads the department that has it, the
 * one-stop desk, the director of the centre, the chairman of the commune, the clerk of its letters.
 */
export const RELATIONS = ['officer', 'department-head', 'desk', 'director', 'chairman', 'clerk'] as const;
export type Relation = (typeof RELATIONS)[number];

/** Somebody who can be reminded. */
export interface StaffMember {
  id: number;
  role: Exclude<Role, 'administrator'>;
  unitId: number;
  unitKind: UnitKind;
  communeId: number;
  hasMail: boolean;
  /** has a telephone, and the commune a gateway */
  hasWebhook: boolean;
}

/** Somebody who is away today. */
export interface Absent {
  userId: number;
  /** null: nobody stands in */
  substituteId: number | null;
}

export interface ConcernedCase {
  communeId: number;
  departmentId: number | null;
  officerId: number | null;
}

/** Who is told, and for whom the person stands in. */
export interface Told {
  recipientId: number;
  standsInFor: number | null;
}

/** People who stand in for people who stand in: as far as an office of some dozen people can go. */
const MOST_SUBSTITUTES = 3;

/** Who answers for a case. Active accounts of communes only. */
export class StaffDirectory {
  private readonly byId: Map<number, StaffMember>;
  private readonly byCommune = new Map<number, StaffMember[]>();
  private readonly away: Map<number, number | null>;

  constructor(staff: StaffMember[], absent: Absent[] = []) {
    this.byId = new Map(staff.map((person) => [person.id, person]));
    this.away = new Map(absent.map((a) => [a.userId, a.substituteId]));
    for (const person of staff) {
      const here = this.byCommune.get(person.communeId);
      if (here) here.push(person);
      else this.byCommune.set(person.communeId, [person]);
    }
  }

  unitOf(id: number): number {
    return this.byId.get(id)!.unitId;
  }

  /** A message by the channel could reach the person. */
  reaches(id: number, channel: AlertChannel): boolean {
    const person = this.byId.get(id);
    return (channel === 'email' ? person?.hasMail : person?.hasWebhook) ?? false;
  }

  /** Who answers for the person's work: the head of the own department, else the next one above. */
  superiorsOf(id: number): number[] {
    const person = this.byId.get(id);
    if (!person) return [];
    const place = { communeId: person.communeId, departmentId: person.unitId, officerId: null };
    for (const relation of ['department-head', 'director', 'chairman'] as const) {
      const others = this.recipients([relation], place).filter(({ recipientId }) => recipientId !== id);
      if (others.length > 0) return others.map(({ recipientId }) => recipientId);
    }
    return [];
  }

  /**
   * The people of each relation; where a relation has nobody, or only people who are away without a substitute, the
   * next one who could act: an alert that nobody gets is a missed deadline.
   */
  recipients(relations: readonly Relation[], concerned: ConcernedCase): Told[] {
    const here = this.byCommune.get(concerned.communeId) ?? [];
    const told = new Map<number, number | null>();
    for (const relation of relations)
      for (const { recipientId, standsInFor } of this.of(relation, here, concerned))
        if (told.get(recipientId) !== null) told.set(recipientId, standsInFor);
    return [...told]
      .map(([recipientId, standsInFor]) => ({ recipientId, standsInFor }))
      .sort((a, b) => a.recipientId - b.recipientId);
  }

  private of(relation: Relation, here: StaffMember[], concerned: ConcernedCase): Told[] {
    const inCharge = relation === 'officer' ? this.byId.get(concerned.officerId ?? 0) : undefined;
    if (inCharge?.communeId === concerned.communeId) {
      const present = this.present(inCharge);
      if (present.length > 0) return present;
    }
    for (const circle of circlesOf(relation, here, concerned.departmentId)) {
      const present = circle.flatMap((person) => this.present(person));
      if (present.length > 0) return present;
    }
    return [];
  }

  /** The person, or who stands in while the person is away; nobody when nobody does. */
  private present({ id }: StaffMember): Told[] {
    let at: number | null = id;
    for (let i = 0; i <= MOST_SUBSTITUTES && at !== null; i++) {
      if (!this.away.has(at))
        return this.byId.has(at) ? [{ recipientId: at, standsInFor: at === id ? null : id }] : [];
      at = this.away.get(at)!;
    }
    return [];
  }
}

/** The people of a relation, then those who are told when there is nobody; the officer in charge comes before. */
function circlesOf(relation: Relation, here: StaffMember[], departmentId: number | null): StaffMember[][] {
  const officers = here.filter((person) => person.role === 'officer');
  const supervisors = here.filter((person) => person.role === 'supervisor');
  const directors = supervisors.filter((person) => person.unitKind === 'centre');
  const chairmen = supervisors.filter((person) => person.unitKind === 'commune');
  const desk = officers.filter((person) => person.unitKind === 'centre' || person.unitKind === 'commune');
  const own = (people: StaffMember[]) => people.filter((person) => person.unitId === departmentId);
  switch (relation) {
    case 'officer':
      return [own(officers), desk, officers, supervisors];
    case 'department-head':
      return [own(supervisors), directors, chairmen, supervisors];
    case 'desk':
      return [desk, officers, supervisors];
    case 'director':
      return [directors, chairmen, supervisors];
    case 'chairman':
      return [chairmen, directors, supervisors];
    case 'clerk':
      return [here.filter((person) => person.role === 'clerk'), desk, officers, supervisors];
  }
}
