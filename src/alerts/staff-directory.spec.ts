import { StaffDirectory, type StaffMember } from './staff-directory';

const COMMUNE = 1;
const CENTRE = 2;
const CULTURE = 3;
const ECONOMY = 4;
const person = (
  id: number,
  role: StaffMember['role'],
  unitId: number,
  unitKind: StaffMember['unitKind'],
) => ({
  id,
  role,
  unitId,
  unitKind,
  communeId: COMMUNE,
  hasMail: true,
});
const counter = person(10, 'officer', CENTRE, 'centre');
const culture = person(11, 'officer', CULTURE, 'department');
const cultureToo = person(12, 'officer', CULTURE, 'department');
const economy = person(13, 'officer', ECONOMY, 'department');
const director = person(20, 'supervisor', COMMUNE, 'commune');
const chief = person(21, 'supervisor', CULTURE, 'department');
const elsewhere = { ...person(30, 'officer', 99, 'commune'), communeId: 98 };
const chairmanElsewhere = { ...person(31, 'supervisor', 98, 'commune'), communeId: 98 };
const everybody = [counter, culture, cultureToo, economy, director, chief, elsewhere, chairmanElsewhere];

const told = (
  relations: ('department' | 'supervisor')[],
  concerned: { departmentId: number | null; officerId: number | null },
  staff: StaffMember[] = everybody,
) => new StaffDirectory(staff).recipients(relations, { communeId: COMMUNE, ...concerned });

describe('an alert goes to', () => {
  it.each([
    ['the officers of the case department', CULTURE, null, [11, 12]],
    ['the officer in charge as well, wherever he sits', CULTURE, 13, [11, 12, 13]],
    ['the officer in charge alone when the department has nobody else', 77, 13, [13]],
    ['the counter when the department has nobody', 77, null, [10]],
    ['the counter when the case has no department', null, null, [10]],
    ['nobody twice', CULTURE, 11, [11, 12]],
    ['no officer of another commune', 99, 30, [10]],
  ])('%s', (_, departmentId, officerId, expected) => {
    expect(told(['department'], { departmentId, officerId })).toEqual(expected);
  });

  it('the supervisors of the commune too when the rule says so', () => {
    expect(told(['department', 'supervisor'], { departmentId: CULTURE, officerId: null })).toEqual([
      11, 12, 20, 21,
    ]);
  });

  it('any officer of the commune when neither department nor counter has one', () => {
    expect(told(['department'], { departmentId: 77, officerId: null }, [economy, director])).toEqual([13]);
  });

  it('the supervisors when the commune has no officer at all', () => {
    expect(told(['department'], { departmentId: CULTURE, officerId: null }, [director, elsewhere])).toEqual([
      20,
    ]);
  });

  it('nobody when the commune has no account', () => {
    expect(
      told(['department', 'supervisor'], { departmentId: CULTURE, officerId: null }, [elsewhere]),
    ).toEqual([]);
  });
});
