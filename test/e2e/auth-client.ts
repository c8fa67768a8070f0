/** A field that several inputs share has several values. */
type Fields = Record<string, string | string[]>;

/** A browser without scripts: keeps cookies, follows nothing by itself, fills in the form's token. */
export class Client {
  private readonly cookies = new Map<string, string>();

  constructor(
    private readonly url: string,
    cookie?: string,
  ) {
    if (cookie) this.keep(cookie);
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send(path, { headers });
  }

  /** Posts the fields with the token of the page `from`. */
  async post(path: string, fields: Fields, from = path): Promise<Answer> {
    const token = /name="_csrf" value="([^"]+)"/.exec((await this.get(from)).body)?.[1] ?? '';
    return this.postWithoutToken(path, { _csrf: token, ...fields });
  }

  postWithoutToken(path: string, fields: Fields): Promise<Answer> {
    const pairs = Object.entries(fields).flatMap(([name, value]) =>
      [value].flat().map((v): [string, string] => [name, v]),
    );
    return this.send(path, { method: 'POST', body: new URLSearchParams(pairs) });
  }

  cookie(name: string): string | undefined {
    return this.cookies.get(name);
  }

  private async send(path: string, init: RequestInit): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { accept: 'text/html', cookie, ...(init.headers as Record<string, string>) };
    const response = await fetch(`${this.url}${path}`, { ...init, headers, redirect: 'manual' });
    const setCookies = response.headers.getSetCookie();
    for (const line of setCookies) this.keep(line);
    const location = response.headers.get('location');
    return {
      status: response.status,
      location,
      setCookies,
      headers: response.headers,
      body: await response.text(),
    };
  }

  private keep(line: string): void {
    const [pair = ''] = line.split(';');
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    if (value === '') this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

export interface Answer {
  status: number;
  location: string | null;
  setCookies: string[];
  headers: Headers;
  body: string;
}
