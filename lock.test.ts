import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

/**
 * `npm ci` refuses a lock file that leaves out a package of another platform. npm leaves it out by itself where the
 * registry at hand does not carry it, and nobody notices before the next clone.
 */
test('the lock file names the packages of every platform', () => {
  const { packages }: Lock = JSON.parse(readFileSync(path.join(import.meta.dirname, 'package-lock.json'), 'utf8'))
  const missing = Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isNamed(packages, place, name)),
  )
  expect(missing).toEqual([])
})

interface Lock {
  packages: Record<string, { optionalDependencies?: Record<string, string> }>
}

/** Whether a package, looked for from a place as Node does, stands in the lock file. */
function isNamed(packages: Lock['packages'], place: string, name: string): boolean {
  const here = place === '' ? '' : `${place}/`
  if (`${here}node_modules/${name}` in packages) return true
  if (place === '') return false
  return isNamed(packages, path.posix.dirname(place) === '.' ? '' : path.posix.dirname(place), name)
}
