import { enableCompileCache } from 'node:module'
import { setFlagsFromString } from 'node:v8'

/** `npm start`, or `npm run demo` for an invented university on data of its own. */

if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    `需要 Node.js 24 以上版本，现为 ${process.versions.node}。请用 npm start 启动。 (Node.js 24 or later: use npm start.)`,
  )
  process.exit(2)
}

// Where threads come and go, V8 now and then aborts the process as it throws away a call out of WebAssembly for a faster one
// (`jit_page.has_value()`, nodejs/node#64500): it is to keep the slower one.
setFlagsFromString('--wasm-wrapper-tiering-budget=2147483647')

// Before anything large is imported: from the second start on, a third of the time to compile is saved.
enableCompileCache()
const { main } = await import('./server.ts')
await main()
