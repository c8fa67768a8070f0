import { StaffDirectory, type Absent, type Relation, type StaffMember } from './staff-directory';

const COMMUNE = 1;
const CENTRE = 2;
const CULTURE = 3;
const ECONOMY = 4;
const person = (
  id: number,
  role: StaffMember['role'],
  unitId: number,
  unitKind: StaffMember['unitKind'],
): StaffMember => ({ id, role, unitId, unitKind, communeId: COMMUNE, hasMail: true, hasWebhook: false });
const counter = person(10, 'officer', CENTRE, 'centre');
const culture = person(11, 'officer', CULTURE, 'department');
const cultureToo = person(12, 'officer', CULTURE, 'department');
const economy = person(13, 'officer', ECONOMY, 'department');
const chairman = person(20, 'supervisor', COMMUNE, 'commune');
const head = person(21, 'supervisor', CULTURE, 'department');
const director = person(22, 'supervisor', CENTRE, 'centre');
const clerk = person(25, 'clerk', COMMUNE, 'commune');
const elsewhere = { ...person(30, 'officer', 99, 'commune'), communeId: 98 };
const chairmanElsewhere = { ...person(31, 'supervisor', 98, 'commune'), communeId: 98 };
const everybody = [
  ...[counter, culture, cultureToo, economy, chairman, head, director, clerk],
  ...[elsewhere, chairmanElsewhere],
];

interface Concerned {
  departmentId: number | null;
  officerId: number | null;
}
const HERE: Concerned = { departmentId: CULTURE, officerId: null };

const told = (
  relations: Relation[],
  concerned: Concerned = HERE,
  staff: StaffMember[] = everybody,
  absent: Absent[] = [],
) =>
  new StaffDirectory(staff, absent)
    .recipients(relations, { communeId: COMMUNE, ...concerned })
    .map(({ recipientId, standsInFor }) => (standsInFor === null ? recipientId : [recipientId, standsInFor]));

describe('the officer of a case is', () => {
  it.each([
    ['the one in charge alone', CULTURE, 11, [11]],
    ['the one in charge, wherever he sits', CULTURE, 13, [13]],
    ['everybody in the department when nobody is in charge', CULTURE, null, [11, 12]],
    ['the counter when the department has nobody', 77, null, [10]],
    ['the counter when the case has no department', null, null, [10]],
    ['no officer of another commune', 99, 30, [10]],
  ])('%s', (_, departmentId, officerId, expected) =>
    expect(told(['officer'], { departmentId, officerId })).toEqual(expected),
  );

  it('any officer of the commune when there is no counter, at last a supervisor', () => {
    expect(told(['officer'], { departmentId: 77, officerId: null }, [economy, chairman])).toEqual([13]);
    expect(told(['officer'], HERE, [chairman, elsewhere])).toEqual([20]);
  });
});

describe('those above are', () => {
  it.each<[Relation, number | null, (number | number[])[]]>([
    ['department-head', CULTURE, [21]],
    ['department-head', ECONOMY, [22]],
    ['desk', CULTURE, [10]],
    ['director', CULTURE, [22]],
    ['chairman', CULTURE, [20]],
    ['clerk', CULTURE, [25]],
  ])('%s of a case in department %s: %j', (relation, departmentId, expected) =>
    expect(told([relation], { departmentId, officerId: null })).toEqual(expected),
  );

  it('the next one above where an office is empty', () => {
    expect(told(['department-head'], HERE, [culture, chairman])).toEqual([20]);
    expect(told(['director'], HERE, [culture, chairman])).toEqual([20]);
    expect(told(['chairman'], HERE, [culture, director])).toEqual([22]);
  });

  it('nobody twice, nobody when the commune has no account', () => {
    expect(told(['officer', 'department-head', 'director'], HERE, [culture, chairman])).toEqual([11, 20]);
    expect(told(['officer', 'chairman'], HERE, [elsewhere])).toEqual([]);
  });
});

describe('those who answer for a person are', () => {
  const above = (id: number, staff: StaffMember[] = everybody) => new StaffDirectory(staff).superiorsOf(id);

  it.each([
    ['the head of the department', 11, [21]],
    ['the director where the department has no head', 13, [22]],
    ['for a head the director', 21, [22]],
    ['for the director the chairman', 22, [20]],
    ['for the chairman the director', 20, [22]],
    ['nobody for an account that is not reminded', 999, []],
  ])('%s', (_, id, expected) => expect(above(id)).toEqual(expected));

  it('nobody when there is nobody else', () => expect(above(20, [chairman])).toEqual([]));
});

describe('who is away', () => {
  const away = (userId: number, substituteId: number | null): Absent => ({ userId, substituteId });
  const inCharge = { departmentId: CULTURE, officerId: 11 };

  it('has somebody to stand in', () =>
    expect(told(['officer'], inCharge, everybody, [away(11, 13)])).toEqual([[13, 11]]));

  it('has the substitute of the substitute', () =>
    expect(told(['officer'], inCharge, everybody, [away(11, 13), away(13, 10)])).toEqual([[10, 11]]));

  it('leaves the case to the department when nobody stands in', () =>
    expect(told(['officer'], inCharge, everybody, [away(11, null)])).toEqual([12]));

  it('leaves it to those there when two stand in for each other', () =>
    expect(told(['officer'], inCharge, everybody, [away(11, 12), away(12, 11)])).toEqual([10]));

  it('is told once, for oneself, when one stands in for another too', () =>
    expect(told(['officer'], { departmentId: CULTURE, officerId: null }, everybody, [away(11, 12)])).toEqual([
      12,
    ]));

  it('does not count when the substitute has left', () =>
    expect(told(['director'], HERE, everybody, [away(22, 999)])).toEqual([20]));
});
