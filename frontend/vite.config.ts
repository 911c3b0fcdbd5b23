// SPDX-License-Identifier: AGPL-3.0-or-later
import { loadEnv } from 'vite';
import { defineConfig } from 'vitest/config';

// The Go server answers /api in development too, so that origin and cookies
// are as in production.
const server = loadEnv('development', '.', 'SANKOFA_')['SANKOFA_SERVER'] ?? 'http://localhost:8080';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist',
    // dist/.gitkeep lets the Go module compile before the first build; the copy
    // in public/ puts it back each time.
    emptyOutDir: true,
    // A data: URI would be refused by the policy for everything but images.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      output: {
        codeSplitting: {
          // One file a language, however many folders bring strings.
          groups: [
            { name: 'en', test: /(\/|strings\.)en\.json$/ },
            { name: 'fr', test: /(\/|strings\.)fr\.json$/ },
            { name: 'ar', test: /(\/|strings\.)ar\.json$/ },
            { name: 'pt', test: /(\/|strings\.)pt\.json$/ },
          ],
        },
      },
    },
  },
  server: { port: 5173, strictPort: true, proxy: { '/api': { target: server } } },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/testing.ts'],
    restoreMocks: true,
    // A machine that does other things too is slow, not wrong.
    testTimeout: 60_000,
    // The test of the house reads the styles.
    css: true,
  },
});
