import { caseRow, csv, grid } from '../../test/fixtures/ingest/files';
import { RULES, withFile } from '../../test/fixtures/ingest/reading';
import { FileRefused } from './file-refused';
import { ReaderThread } from './reader-thread';

describe('the reader’s thread', () => {
  const inThread = (content: string, rules = RULES) =>
    withFile(content, async (file) => {
      const reader = new ReaderThread(file, rules);
      try {
        const kinds: string[] = [];
        for (let message = await reader.next(); ; message = await reader.next()) {
          kinds.push(message.kind);
          if (message.kind === 'end') return kinds;
        }
      } finally {
        await reader.close();
      }
    });

  it('tells what the file is, its cases, and the end', async () => {
    expect(await inThread(csv(grid(caseRow(1))))).toEqual(['opened', 'cases', 'end']);
  });

  it('hands over the columns of a file that it refuses, for a person to decide', async () => {
    const refused = await inThread(
      'Số phiếu,Người dân,Bắt đầu\nH35.50.12-260105-0001,Lò Văn A,05/01/2026\n',
    ).catch((e: unknown) => e);
    expect(refused).toBeInstanceOf(FileRefused);
    expect(refused).toMatchObject({
      code: 'NO_HEADINGS',
      columns: [{ field: 'code' }, { field: 'applicantName' }, { field: 'receivedAt' }],
    });
  });

  it('takes a person’s mapping along', async () => {
    const columns = [
      { index: 0, heading: 'Số phiếu', field: 'code' as const },
      { index: 1, heading: 'Người dân', field: 'applicantName' as const },
    ];
    const file = 'Số phiếu,Người dân\nH35.50.12-260105-0001,Lò Văn A\n';
    expect(await inThread(file, { ...RULES, columns })).toEqual(['opened', 'cases', 'end']);
  });
});
