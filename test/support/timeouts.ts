// A real database and a whole application per file: generous, because a timeout is never the thing under test.
jest.setTimeout(120_000);
