import type { DataSource } from 'typeorm';
import { AuditRepository } from '../../src/audit/audit.repository';
import { AuditService } from '../../src/audit/audit.service';
import { Database } from '../../src/database/transaction';
import { PLACEHOLDER_NAME, UnitBootstrap } from '../../src/units/unit-bootstrap';
import { UnitEditor } from '../../src/units/unit-editor.service';
import { UnitRepository } from '../../src/units/unit.repository';
import { UnitService } from '../../src/units/unit.service';
import { DEFAULT_NOW, FixedClock } from '../support/app';
import { connect, createTestDatabase, type TestDatabase } from '../support/database';
import { NoQueue } from '../support/no-queue';

const BY = { actor: 'Ngô Minh Trí', userId: null };
const CENTRE = 'Trung tâm Phục vụ hành chính công';

describe('units', () => {
  let scratch: TestDatabase;
  let source: DataSource;
  let database: Database;
  let units: UnitService;
  let editor: UnitEditor;
  let bootstrap: UnitBootstrap;
  let audit: AuditService;

  beforeEach(async () => {
    scratch = await createTestDatabase();
    source = await connect(scratch.url);
    database = new Database(source);
    const repository = new UnitRepository();
    audit = new AuditService(new AuditRepository(), new FixedClock(DEFAULT_NOW));
    units = new UnitService(database, repository);
    editor = new UnitEditor(database, repository, audit, new NoQueue());
    bootstrap = new UnitBootstrap(database, repository);
  });

  afterEach(async () => {
    await source.destroy();
    await scratch.drop();
  });

  const named = async (): Promise<number> => {
    await bootstrap.run();
    const { id } = await units.commune();
    const settings = await units.settingsOf(id);
    await editor.updateCommune(BY, id, { name: 'Xã Bình Lư', code: 'H35.50.12', settings });
    return id;
  };
  const departmentOf = (communeId: number, name: string): Promise<number> =>
    database.transaction((tx) => units.findOrCreateDepartment(tx, communeId, name));

  describe('first start', () => {
    it('makes a placeholder commune with its centre', async () => {
      expect(await bootstrap.run()).toEqual({ created: true });
      const commune = await units.commune();
      expect(commune).toMatchObject({ code: 'XA', name: PLACEHOLDER_NAME, incomplete: true });
      expect(await units.departments(commune.id)).toMatchObject([
        { kind: 'centre', name: CENTRE, incomplete: false },
      ]);
    });

    it('makes one commune however often and by however many processes it is run', async () => {
      const runs = await Promise.all([bootstrap.run(), bootstrap.run(), bootstrap.run()]);
      expect(runs.filter((run) => run.created)).toHaveLength(1);
      expect(await bootstrap.run()).toEqual({ created: false });
      expect(await units.communes()).toHaveLength(1);
    });
  });

  describe('department of a file', () => {
    it('is the existing one under every name it goes by', async () => {
      const communeId = await named();
      const centre = (await units.departments(communeId))[0]!.id;
      const office = await departmentOf(communeId, 'Văn phòng HĐND và UBND');
      const economy = await departmentOf(communeId, 'Phòng Kinh tế');
      for (const name of ['TTPVHCC', `${CENTRE} xã Bình Lư`, 'UBND xã Bình Lư', 'Bộ phận một cửa'])
        expect(await departmentOf(communeId, name)).toBe(centre);
      for (const name of ['VP HĐND&UBND', 'văn phòng hđnd - ubnd xã Bình Lư'])
        expect(await departmentOf(communeId, name)).toBe(office);
      for (const name of ['P. KT', 'P. Kinh tế']) expect(await departmentOf(communeId, name)).toBe(economy);
      expect(await units.departments(communeId)).toHaveLength(3);
    });

    it('is made under its official name, marked incomplete, with a code of initials', async () => {
      const communeId = await named();
      await departmentOf(communeId, 'Phòng VH-XH');
      await departmentOf(communeId, 'Công an xã');
      const made = (await units.departments(communeId)).filter((unit) => unit.kind === 'department');
      expect(made).toMatchObject([
        { name: 'Công an xã', code: 'CAX', incomplete: true },
        { name: 'Phòng Văn hóa - Xã hội', code: 'PVHXH', incomplete: true },
      ]);
    });

    it('is made once when many imports meet it at the same time', async () => {
      const communeId = await named();
      const ids = await Promise.all(Array.from({ length: 12 }, () => departmentOf(communeId, 'Trạm Y tế')));
      expect(new Set(ids).size).toBe(1);
    });

    it('keeps its identity when the commune is named after the import', async () => {
      await bootstrap.run();
      const { id } = await units.commune();
      const before = await departmentOf(id, 'Phòng Kinh tế xã Bình Lư');
      expect(await departmentOf(id, `${CENTRE} xã Bình Lư`)).toBe((await units.departments(id))[0]!.id);
      await named();
      expect(await departmentOf(id, 'Phòng Kinh tế')).toBe(before);
    });

    it('is found under a name the administrator added, and is complete once saved', async () => {
      const communeId = await named();
      const id = await departmentOf(communeId, 'Phòng Kinh tế');
      const changes = { name: 'Phòng Kinh tế', code: 'PKT', aliases: ['Bộ phận Địa chính'], active: true };
      await editor.updateDepartment(BY, id, changes);
      expect(await departmentOf(communeId, 'bộ phận địa chính xã')).toBe(id);
      expect((await units.byId(id))?.incomplete).toBe(false);
    });

    it('belongs to its commune: the same name elsewhere is another unit with another code', async () => {
      const communeId = await named();
      const other = await editor.add(BY, {
        parentId: null,
        kind: 'commune',
        name: 'Xã Khun Há',
        code: 'H35.50.13',
      });
      const here = await departmentOf(communeId, 'Phòng Kinh tế');
      const there = await departmentOf(other.id, 'Phòng Kinh tế');
      expect(there).not.toBe(here);
      expect((await units.byId(there))?.code).toBe('PKT-H35.50.13');
    });
  });

  describe('settings of a commune', () => {
    it('follow its name until somebody types others', async () => {
      const communeId = await named();
      expect(await units.settingsOf(communeId)).toMatchObject({
        placeName: 'Bình Lư',
        agencyParent: 'ỦY BAN NHÂN DÂN XÃ BÌNH LƯ',
        agency: 'TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG',
        agencyShort: 'TTPVHCC xã Bình Lư',
      });
      const typed = {
        ...(await units.settingsOf(communeId)),
        phone: '0213 000 000',
        agencyParent: 'UBND XÃ BÌNH LƯ',
      };
      await editor.updateCommune(BY, communeId, { name: 'Xã Bình Lư', code: 'BL', settings: typed });
      await editor.updateCommune(BY, communeId, { name: 'Phường Bình Lư', code: 'BL', settings: typed });
      expect(await units.settingsOf(communeId)).toMatchObject({
        phone: '0213 000 000',
        agencyParent: 'UBND XÃ BÌNH LƯ',
        agencyShort: 'TTPVHCC phường Bình Lư',
      });
    });

    it('take the province from the tree', async () => {
      const province = await editor.add(BY, {
        parentId: null,
        kind: 'province',
        name: 'Tỉnh Lai Châu',
        code: 'H35',
      });
      const commune = await editor.add(BY, {
        parentId: province.id,
        kind: 'commune',
        name: 'Xã Bình Lư',
        code: 'BL',
      });
      expect((await units.settingsOf(commune.id)).provinceName).toBe('tỉnh Lai Châu');
    });
  });

  it('reach: a department sees its commune, a province all of its communes', async () => {
    const province = await editor.add(BY, {
      parentId: null,
      kind: 'province',
      name: 'Tỉnh Lai Châu',
      code: 'H35',
    });
    const at = (name: string, code: string) =>
      editor.add(BY, { parentId: province.id, kind: 'commune', name, code });
    const [a, b] = [await at('Xã Bình Lư', 'A'), await at('Xã Khun Há', 'B')];
    const department = await departmentOf(a.id, 'Phòng Kinh tế');
    expect(await units.communesInReach(department)).toEqual([a.id]);
    expect(await units.communesInReach(a.id)).toEqual([a.id]);
    expect(await units.communesInReach(province.id)).toEqual([a.id, b.id]);
  });

  it('a name or a code that is taken is refused, marks and case aside', async () => {
    const communeId = await named();
    const add = (name: string, code?: string) =>
      editor.add(BY, { parentId: communeId, kind: 'department', name, code });
    await add('Phòng Kinh tế', 'PKT');
    await expect(add('phòng kinh tê')).rejects.toMatchObject({ code: 'UNIT_NAME_TAKEN' });
    await expect(add('Trạm Y tế', 'PKT')).rejects.toMatchObject({ code: 'UNIT_CODE_TAKEN' });
  });

  it('every change by a person is in the audit log', async () => {
    await named();
    const [entry] = await audit.latest(database.pool, null, 1);
    expect(entry).toMatchObject({
      actor: 'Ngô Minh Trí',
      action: 'unit.updated',
      subject: 'unit:H35.50.12',
      detail: { before: { name: PLACEHOLDER_NAME }, after: { name: 'Xã Bình Lư' } },
    });
    expect(await audit.verifyChain(database.pool)).toMatchObject({ intact: true });
  });
});
