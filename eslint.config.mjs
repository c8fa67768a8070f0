import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import ts from 'typescript-eslint';

const dateGetters =
  '/^(get|set)(UTC)?(Date|Day|FullYear|Hours|Minutes|Seconds|Month|Milliseconds)$|^getTimezoneOffset$|^toLocale(Date|Time)?String$/';

export default defineConfig(
  { ignores: ['dist', 'coverage', 'node_modules', '.data*'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: false }],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      'max-depth': ['error', 3],
      'max-params': ['error', 5],
      'no-restricted-syntax': [
        'error',
        {
          selector: `CallExpression[callee.property.name=${dateGetters}]`,
          message: 'Only domain/local-date.ts converts between instants and calendar fields.',
        },
      ],
    },
  },
  {
    files: ['src/domain/local-date.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['**/*.spec.ts', 'test/**/*.ts', 'migrations/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      'max-lines': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: "MemberExpression[property.name='only'][object.name=/^(it|test|describe)$/]", message: 'No .only.' },
        { selector: "MemberExpression[property.name='skip'][object.name=/^(it|test|describe)$/]", message: 'No .skip.' },
      ],
    },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: { require: 'readonly', module: 'readonly', process: 'readonly', setInterval: 'readonly' } },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: ['**/*.mjs', 'templates/static/js/*.js'],
    languageOptions: {
      globals: {
        console: 'readonly',
        process: 'readonly',
        setInterval: 'readonly',
        setTimeout: 'readonly',
        document: 'readonly',
        window: 'readonly',
        sessionStorage: 'readonly',
        localStorage: 'readonly',
        navigator: 'readonly',
        fetch: 'readonly',
        URL: 'readonly',
      },
    },
  },
);
