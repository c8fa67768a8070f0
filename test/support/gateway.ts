import * as http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedPost {
  path: string;
  headers: http.IncomingHttpHeaders;
  body: string;
}

type Answering = (post: ReceivedPost, response: http.ServerResponse) => void;

export interface TestGateway {
  url: string;
  /** Posts so far, oldest first. */
  received: ReceivedPost[];
  /** How the next posts are answered; null: 204. */
  answerWith(answer: Answering | null): void;
  close(): Promise<void>;
}

/** A real HTTP server in this process that stands for a Zalo or SMS gateway. */
export async function startGateway(): Promise<TestGateway> {
  const received: ReceivedPost[] = [];
  let answer: Answering | null = null;
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { url = '', headers } = request;
      const post = { path: url, headers, body: Buffer.concat(chunks).toString('utf8') };
      received.push(post);
      if (answer) return answer(post, response);
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    answerWith: (next) => {
      answer = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
