import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

export const P12_PASSWORD = 'mật khẩu thử';

/** Keys and certificates made by openssl in a folder of their own. */
export class KeyWorkshop {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'keys-'));

  /** A root of its own that issues everything else. */
  constructor() {
    this.openssl('req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 7300 -utf8', [
      ...['-subj', '/C=VN/O=Ban thử nghiệm/CN=Chứng thư gốc thử'],
    ]);
  }

  get root(): string {
    return this.read('ca.pem').toString('utf8');
  }

  /** Key and certificate of one name. `key`: options of "openssl req -newkey". */
  issue(name: string, { subject, key = 'rsa:2048', days = 3650, purpose = '' }: IssueOptions): void {
    this.openssl(`req -newkey ${key} -nodes -keyout ${name}.key -out ${name}.csr -utf8`, ['-subj', subject]);
    writeFileSync(this.path(`${name}.ext`), `keyUsage=critical,digitalSignature\n${purpose}`);
    this.openssl(
      `x509 -req -in ${name}.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days ${days} -extfile ${name}.ext -out ${name}.pem`,
    );
  }

  p12(name: string, options: { legacy?: boolean } = {}): Buffer {
    const legacy = options.legacy ? '-legacy ' : '';
    this.openssl(
      `pkcs12 -export ${legacy}-inkey ${name}.key -in ${name}.pem -certfile ca.pem -out ${name}.p12`,
      ['-passout', `pass:${P12_PASSWORD}`],
    );
    return this.read(`${name}.p12`);
  }

  certificate(name: string): string {
    return this.read(`${name}.pem`).toString('utf8');
  }

  privateKey(name: string): string {
    return this.read(`${name}.key`).toString('utf8');
  }

  /** A detached CMS signature by openssl. */
  cms(name: string, content: Buffer, digest: string): Buffer {
    writeFileSync(this.path('content'), content);
    this.openssl(
      `cms -sign -binary -md ${digest} -signer ${name}.pem -inkey ${name}.key -in content -outform DER -out cms`,
    );
    return this.read('cms');
  }

  /** A time stamp token (RFC 3161) over a digest. */
  timestamp(name: string, digest: Uint8Array): Buffer {
    writeFileSync(this.path('ts.cnf'), TSA);
    writeFileSync(this.path('serial'), '01');
    const hex = Buffer.from(digest).toString('hex');
    this.openssl(`ts -query -digest ${hex} -sha256 -cert -config ts.cnf -out q.tsq`);
    this.openssl(
      `ts -reply -queryfile q.tsq -config ts.cnf -section tsa -signer ${name}.pem -inkey ${name}.key -token_out -out t.tsr`,
    );
    return this.read('t.tsr');
  }

  close(): void {
    rmSync(this.folder, { recursive: true });
  }

  private openssl(command: string, more: string[] = []): void {
    execFileSync('openssl', [...command.split(' ').filter(Boolean), ...more], {
      cwd: this.folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  }

  private path(name: string): string {
    return path.join(this.folder, name);
  }

  private read(name: string): Buffer {
    return readFileSync(this.path(name));
  }
}

interface IssueOptions {
  subject: string;
  key?: string;
  days?: number;
  /** further lines of the certificate's extensions */
  purpose?: string;
}

const TSA = `[tsa]
serial = serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
`;
