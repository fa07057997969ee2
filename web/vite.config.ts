import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { early } from './early.ts'

/**
 * The text that stands for the nonce of the content security policy in the built `index.html`.
 * The server replaces it, at every occurrence, by a fresh random value per answer.
 */
export const noncePlaceholder = '__CSP_NONCE__'

/**
 * Puts the style sheets of `index.html` behind what is shown until the scripts are there, so that this waits for nothing;
 * the scripts still wait for the sheets.
 */
const sheetsLast: Plugin = {
  name: 'zhibu:sheets-last',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(html) {
      const sheets = html.match(/ *<link rel="stylesheet"[^>]*>\n/g) ?? []
      const rest = sheets.reduce((it, sheet) => it.replace(sheet, ''), html)
      return rest.replace('    <!--early-->', `${sheets.join('')}    <!--early-->`)
    },
  },
}

/** What all pages stand on. */
const framework = /node_modules|preload-helper|web\/src\/(ui\/|\w+\.ts)/

/** What several pages take a little of; of the modules those of which most pages show something. */
const small =
  /@tabler|rules\/src\/procedures\/development\/(labels|steps|citation)|web\/src\/ui\/(DayText|ReasonList|LinkButton|SeverityMark)\.|web\/src\/modules\/(accounts|intake|organization|people|search)\/(api|names|OrganizationPicker)\./

/** In development the pages come from Vite, `/api` and `/scorm` from the server on port 3000; a build needs neither. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), sheetsLast, early],
  html: { cspNonce: noncePlaceholder },
  server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:3000', '/scorm': 'http://127.0.0.1:3000' } },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What many pages share comes in few files: a page of twenty small ones is slow over a phone, whatever they weigh.
        codeSplitting: {
          groups: [
            { name: 'parts', test: framework, minShareCount: 60, priority: 2 },
            { name: 'shared', test: small, minShareCount: 8, priority: 1 },
          ],
        },
      },
    },
  },
})
