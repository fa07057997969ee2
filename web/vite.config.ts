import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/**
 * The text that stands for the nonce of the content security policy in the built `index.html`.
 * The server replaces it, at every occurrence, by a fresh random value per answer.
 */
export const noncePlaceholder = '__CSP_NONCE__'

/** In development the pages come from Vite and `/api` from the server on port 3000; a build needs neither. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  html: { cspNonce: noncePlaceholder },
  server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:3000' } },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What many pages share comes in one file: a page of twenty small files is slow over a phone, whatever they weigh.
        codeSplitting: { groups: [{ name: 'parts', test: /web\/src\/ui\/|node_modules/, minShareCount: 10 }] },
      },
    },
  },
})
