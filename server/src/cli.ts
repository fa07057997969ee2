#!/usr/bin/env node
/** `npx zhibu <command>`. Nothing is imported before the check of the runtime: an older Node could not read it. */

const oldestMajor = 24
const major = Number(process.versions.node.split('.')[0])

if (major < oldestMajor) {
  console.error(
    `需要 Node.js ${oldestMajor} 以上版本，现为 ${process.versions.node}。请在项目目录中用 npx zhibu 运行，它会使用随项目安装的版本。 (Node.js ${oldestMajor} or later is needed: run it as npx zhibu.)`,
  )
  process.exit(2)
}

const { run } = await import('./commands.ts')
process.exitCode = await run(process.argv.slice(2))

export {}
